// The playground's clock, which can be moved forward.

const face = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const day = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short" });

const at = (id) => document.getElementById(id);

export class Clock {
  constructor(live) {
    this.ahead = 0; // milliseconds of the playground before this browser's clock
    this.offset = 0; // seconds that the clock was moved
    for (const button of document.querySelectorAll(".clock-moves button")) {
      const { by, to } = button.dataset;
      button.addEventListener("click", () => this.move(live, by ? { by } : { to }));
    }
    setInterval(() => this.draw(), 1000);
  }

  now() {
    return new Date(Date.now() + this.ahead);
  }

  set({ now, offset }) {
    this.ahead = new Date(now) - Date.now();
    this.offset = offset;
    this.draw();
  }

  async move(live, how) {
    const section = document.querySelector(".clock");
    if (section.getAttribute("aria-busy") === "true") return;
    section.setAttribute("aria-busy", "true");
    const answer = await live.ask("POST", "/playground/clock", how);
    section.removeAttribute("aria-busy");
    if (answer) {
      this.set(answer);
      if (!answer.moved) this.say("Nothing is due");
    }
  }

  say(words) {
    this.said = words;
    this.draw();
    setTimeout(() => { this.said = null; this.draw(); }, 4000);
  }

  draw() {
    const now = this.now();
    at("clock-time").textContent = face.format(now);
    at("clock-time").dateTime = now.toISOString();
    at("clock-note").textContent = this.said ?? `${day.format(now)}${ahead(this.offset)}`;
  }
}

function ahead(seconds) {
  const minutes = Math.round(seconds / 60);
  if (minutes < 1) return "";
  const parts = [[Math.floor(minutes / 1440), "d"], [Math.floor(minutes / 60) % 24, "h"], [minutes % 60, "min"]];
  return ` · ${parts.filter(([count]) => count).map(([count, unit]) => `${count} ${unit}`).join(" ")} ahead`;
}

// What goes wrong on purpose, and how late Teams clients see a change.

import { el } from "./dom.js";
import { inWords } from "./words.js";

const SERVICES = { graph: "Microsoft Graph", connector: "Teams", entra: "Sign-in (Entra)" };
const KINDS = {
  "429 10": "429, wait 10 seconds",
  429: "429, no word of how long",
  503: "503, unavailable",
  "503 10": "503, wait 10 seconds",
  500: "500, a bug of theirs",
  slow: "Slow: 3 seconds",
  reset: "Connection reset",
  cut: "Answer cut off",
  nothing: "No answer at all",
  404: "404, no such call",
};
const CALLS = {
  "": "all",
  "GET ": "reads",
  PreferredPresence: "writing the state",
  StatusMessage: "writing the message",
  "presence/setPresence": "presence sessions",
  Location: "work locations",
  "/users": "finding people",
};
const SHARES = { 1: "always", 0.5: "every second time", 0.3: "three times in ten" };
const DELAYS = { 0: "at once", 30: "after 30 seconds", 120: "after 2 minutes", 600: "after 10 minutes" };

const at = (id) => document.getElementById(id);

export class Faults {
  constructor(live) {
    this.live = live;
    this.faults = [];
    this.form = at("fault-form");
    fill(this.form.elements.service, SERVICES);
    fill(this.form.elements.kind, KINDS, ["429 10"]);
    fill(this.form.elements.match, CALLS);
    fill(this.form.elements.share, SHARES, ["1"]);
    this.form.elements.service.addEventListener("change", () => this.fit());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.put([...this.faults, this.wanted()]);
    });
    at("delay").addEventListener("change", () => this.live.ask("PUT", "/playground/delay", { seconds: Number(at("delay").value) }));
    live.on("faults", ({ faults }) => this.show(faults));
    live.on("delay", ({ seconds }) => this.showDelay(seconds));
  }

  start(state) {
    this.show(state.faults);
    this.showDelay(state.delay.seconds);
  }

  // Only Graph's calls are told apart.
  fit() {
    const graph = this.form.elements.service.value === "graph";
    this.form.elements.match.disabled = !graph;
    if (!graph) this.form.elements.match.value = "";
  }

  wanted() {
    const { service, kind, match, share } = this.form.elements;
    const [name, wait] = kind.value.split(" ");
    return {
      service: service.value,
      kind: name,
      match: match.value,
      share: Number(share.value),
      retry_after: wait ? Number(wait) : null,
    };
  }

  put(faults) {
    return this.live.ask("PUT", "/playground/faults", faults);
  }

  show(faults) {
    const focused = at("fault-list").contains(document.activeElement);
    this.faults = faults;
    at("tab-faults").textContent = faults.length ? `Trouble (${faults.length})` : "Trouble";
    at("tab-faults").classList.toggle("on", faults.length > 0);
    const lines = faults.map((fault, index) => el("li", { class: "fault" },
      el("span", {}, el("strong", {}, SERVICES[fault.service]), ` ${inWords(words(fault))}`),
      el("button", {
        type: "button",
        "aria-label": `Mend: ${SERVICES[fault.service]}, ${words(fault)}`,
        onclick: () => this.put(this.faults.filter((_, other) => other !== index)),
      }, "Mend")));
    const all = faults.length > 1
      ? [el("li", { class: "fault-all" }, el("button", { type: "button", onclick: () => this.put([]) }, "Mend everything"))]
      : [];
    at("fault-list").replaceChildren(...lines, ...all,
      ...(faults.length ? [] : [el("li", { class: "empty" }, "Everything works. Break something, then say “busy for 1 hour”: the bot never claims what it has not seen.")]));
    if (focused) (at("fault-list").querySelector("button") ?? this.form.querySelector("button")).focus();
  }

  showDelay(seconds) {
    fill(at("delay"), seconds in DELAYS ? DELAYS : { ...DELAYS, [seconds]: `after ${seconds} seconds` }, [String(seconds)]);
  }
}

function fill(select, words, [chosen] = []) {
  const entries = Object.entries(words).map(([value, label]) => el("option", { value }, label));
  select.replaceChildren(...entries);
  select.value = chosen ?? entries[0].value;
}

function words({ kind, match, share, retry_after: wait }) {
  const named = KINDS[wait ? `${kind} ${wait}` : kind] ?? (wait ? `${kind}, wait ${wait} seconds` : kind);
  const calls = match ? `, ${CALLS[match] ?? match}` : "";
  const often = share === 1 ? "" : `, ${SHARES[share] ?? `${Math.round(share * 100)} %`}`;
  return `${named}${calls}${often}`;
}

// The time line: what happens by itself, next first, and a button that moves the clock there.

import { el } from "./dom.js";
import { dayOf, timeOf } from "./words.js";

const SOON = 300; // milliseconds in which several events make one look

const at = (id) => document.getElementById(id);

export class Due {
  constructor(live, clock) {
    this.live = live;
    this.clock = clock;
    this.shown = false;
    for (const kind of ["chat", "people", "clock"]) live.on(kind, () => this.later());
    document.querySelector(".inside").addEventListener("look", ({ detail }) => {
      this.shown = detail === "due";
      if (this.shown) this.load();
    });
  }

  start(state) {
    this.me = state.as;
    this.later();
  }

  later() {
    clearTimeout(this.waiting);
    if (this.shown) this.waiting = setTimeout(() => this.load(), SOON);
  }

  async load() {
    const due = await this.live.look("/playground/due");
    if (due) this.draw(due);
  }

  draw(due) {
    const focused = at("due-list").contains(document.activeElement);
    let day = dayOf(this.clock.now());
    at("due-list").replaceChildren(...due.flatMap((one, index) => {
      const instant = new Date(one.at);
      const lines = [];
      if (dayOf(instant) !== day) {
        day = dayOf(instant);
        lines.push(el("li", { class: "due-day" }, day));
      }
      lines.push(this.entry(one, instant, index === 0));
      return lines;
    }));
    if (focused) (at("due-list").querySelector("button") ?? at("tab-due")).focus();
  }

  entry({ at: when, what, source, oid, who }, instant, next) {
    const whose = oid === this.me ? "You" : who ?? "Somebody";
    return el("li", { class: next ? "due-entry next" : "due-entry" },
      el("div", { class: "due-when" },
        el("time", { datetime: when }, timeOf(instant)),
        el("span", {}, ahead(instant - this.clock.now()))),
      el("div", { class: "due-what" }, el("span", {}, what),
        el("span", { class: "due-who" }, `${whose} · ${source === "bot" ? "a timer of the bot" : "Microsoft does it"}`)),
      el("button", {
        type: "button",
        class: next ? "go strong" : "go",
        "aria-label": `Move the clock to ${timeOf(instant)}: ${what}`,
        onclick: () => this.clock.move(this.live, { to: when }),
      }, next ? "Go to next" : "Go"));
  }
}

function ahead(milliseconds) {
  const minutes = Math.max(0, Math.round(milliseconds / 60_000));
  if (minutes < 1) return "now";
  if (minutes < 60) return `in ${minutes} min`;
  if (minutes < 2880) return `in ${Math.floor(minutes / 60)} h ${minutes % 60 ? `${minutes % 60} min` : ""}`.trim();
  return `in ${Math.round(minutes / 1440)} days`;
}

// How words are read: what is being typed, or else what was said last. Nothing is carried out.

import { el } from "./dom.js";
import { zone } from "./live.js";
import { inWords, timeOf } from "./words.js";

const PAUSE = 200; // milliseconds without a key before words are read
const MENTION = /@Presence Bot\s*/g;

const at = (id) => document.getElementById(id);

export class Reading {
  constructor(live) {
    this.live = live;
    this.shown = false;
    this.last = null;
    this.number = 0;
    live.on("chat", (item) => this.heard(item));
    at("composer").addEventListener("input", () => this.later());
    at("form").addEventListener("submit", () => this.later());
    document.querySelector(".inside").addEventListener("look", ({ detail }) => {
      this.shown = detail === "reading";
      this.later();
    });
  }

  start(state) {
    this.me = state.as;
    this.last = null;
    const said = state.chats.flatMap((chat) => chat.items);
    for (const item of said.sort((one, other) => one.at.localeCompare(other.at))) this.heard(item);
    this.later();
  }

  heard(item) {
    if (item.sender !== `29:${this.me}` || !item.text) return;
    this.last = { text: item.text, at: item.at };
    this.later();
  }

  later() {
    clearTimeout(this.waiting);
    if (this.shown) this.waiting = setTimeout(() => this.load(), PAUSE);
  }

  async load() {
    const typed = at("composer").value.replace(MENTION, "").trim();
    const words = typed || this.last?.text.replace(MENTION, "").trim();
    if (!words) return at("reading").replaceChildren(el("p", { class: "empty" }, "Type something: here is how it is read, before it is sent."));
    const query = new URLSearchParams({ as: this.me, text: words, zone });
    if (!typed) query.set("at", this.last.at);
    const number = ++this.number;
    const reading = await this.live.look(`/playground/reading?${query}`);
    if (reading && number === this.number) this.draw(words, typed !== "", reading);
    return null;
  }

  draw(words, typing, reading) {
    at("reading").replaceChildren(
      el("p", { class: "panel-top" }, typing ? "As you type; nothing is carried out" : `Said at ${timeOf(new Date(this.last.at))}`),
      el("p", { class: "reading-words" }, el("q", {}, words)),
      ...(reading.readings.length > 1 ? [el("p", {}, "Either of these, so the bot asks:")] : []),
      ...reading.readings.map(meaning),
      ...(reading.problem ? [el("p", { class: "reading-problem" }, reading.problem)] : []),
      ...list("Assumed, and said so", reading.assumed),
      ...list("Try", reading.nearest),
      ...list("What goes to Microsoft Graph", reading.requests, "code"),
      ...list("Step by step", reading.trace, "code"),
    );
  }
}

function meaning({ intent, slots }) {
  const rows = Object.entries(slots).filter(([, value]) => value !== null && value !== undefined);
  return el("div", { class: "meaning" },
    el("strong", {}, inWords(intent.replaceAll("_", " "))),
    el("dl", {}, ...rows.flatMap(([name, value]) => [
      el("dt", {}, inWords(name.replaceAll("_", " "))),
      el("dd", {}, typeof value === "object" ? JSON.stringify(value) : String(value)),
    ])));
}

function list(title, lines, kind = "plain") {
  if (!lines.length) return [];
  return [el("h3", {}, title), el("ol", { class: kind }, ...lines.map((line) => el("li", {}, line)))];
}

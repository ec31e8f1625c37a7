// "Set status" below the message box: the message extension, as Teams runs it from any chat.

import { drawCard } from "./card.js";
import { el } from "./dom.js";

const PAUSE = 250; // milliseconds without a key before words are previewed
const COMMAND = "setStatus"; // as in manifest/manifest.json
const PARAMETER = "words";

const at = (id) => document.getElementById(id);

export class Compose {
  // `tell(what)` sends something from the open chat and returns what became of it.
  constructor(tell) {
    this.tell = tell;
    this.number = 0;
    at("compose-open").addEventListener("click", () => this.toggle());
    at("compose-words").addEventListener("input", () => this.later());
    at("compose").addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      this.close();
      at("compose-open").focus();
    });
  }

  toggle() {
    if (!at("compose").hidden) return this.close();
    at("compose").hidden = false;
    at("compose-open").setAttribute("aria-expanded", "true");
    at("compose-words").focus();
    return this.preview();
  }

  close() {
    clearTimeout(this.waiting);
    this.number += 1; // an answer that is still on its way is to nobody
    at("compose").hidden = true;
    at("compose-open").setAttribute("aria-expanded", "false");
    at("compose-words").value = "";
    at("compose-results").replaceChildren();
  }

  later() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.preview(), PAUSE);
  }

  async ask(name, value) {
    const number = ++this.number;
    const sent = await this.tell({ invoke: { name, value } });
    if (number !== this.number) return null;
    return sent?.answer?.composeExtension?.attachments ?? [];
  }

  async preview() {
    const found = await this.ask("composeExtension/query", {
      commandId: COMMAND,
      parameters: [{ name: PARAMETER, value: at("compose-words").value }],
      queryOptions: { skip: 0, count: 25 },
    });
    if (found) this.draw(found.map((one) => this.result(one)));
  }

  result({ preview }) {
    const { title, text, tap } = preview?.content ?? {};
    const words = [el("span", { class: "compose-title" }, title ?? ""), text ? el("span", { class: "compose-text" }, text) : null];
    if (!tap) return el("li", {}, el("p", { class: "compose-result" }, ...words));
    return el("li", {}, el("button", { type: "button", class: "compose-result", onclick: () => this.choose(tap.value) }, ...words));
  }

  // What is chosen is set, and its card is put into the message: it is the person's to send.
  async choose(value) {
    clearTimeout(this.waiting);
    const made = await this.ask("composeExtension/selectItem", value);
    if (!made) return;
    const cards = made.map(({ content }) => content ?? {});
    const send = el("button", { type: "button", class: "strong", onclick: () => this.send(cards) }, "Send card");
    const drawn = el("li", { class: "compose-draft" }, ...cards.map((one) => drawCard(one, () => {})),
      el("div", { class: "compose-moves" }, send,
        el("button", { type: "button", class: "go", onclick: () => this.leave() }, "Throw away")));
    this.draw(cards.length ? [drawn] : []);
    send.focus();
  }

  send(cards) {
    this.leave();
    for (const card of cards) this.tell({ card });
  }

  leave() {
    this.close();
    at("composer").focus();
  }

  draw(entries) {
    const none = el("li", { class: "compose-result" }, "The bot gave no answer.");
    at("compose-results").replaceChildren(...entries.length ? entries : [none]);
  }
}

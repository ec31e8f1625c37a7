// One message in the chat: bubble, cards, what a press was answered with.

import { drawCard } from "./card.js";
import { avatar, botAvatar, el } from "./dom.js";
import { marked, timeOf } from "./words.js";

const ADAPTIVE = "application/vnd.microsoft.card.adaptive";
const OAUTH = "application/vnd.microsoft.card.oauth";
const SIGN_IN = "application/vnd.microsoft.card.signin";

const BOTS = "28:"; // how the connector's ids of bots begin

export class Message {
  // `press(item, action, inputs)` tells the bot; `who(sender)` finds a person; `me` is the viewer.
  constructor(item, { press, who, me }) {
    this.press = press;
    const person = who(item.sender);
    this.mine = item.sender === me;
    this.name = el("span", { class: "name" }, this.mine ? "You" : item.name);
    this.text = el("div", { class: "text" });
    this.cards = el("div", { class: "cards" });
    this.note = el("p", { class: "note", role: "status" });
    this.mark = el("span", { class: "mark" });
    const sent = new Date(item.at);
    const top = el("div", { class: "meta" }, this.name,
      el("time", { datetime: item.at }, timeOf(sent)), this.mark);
    const picture = this.mine ? null : pictureOf(item.sender, person);
    this.bubble = el("div", { class: "bubble" }, this.text, this.cards);
    this.element = el("li", { class: this.mine ? "message mine" : "message" },
      picture, el("div", { class: "column" }, top, this.bubble, this.note));
    this.shown = null;
    this.update(item);
  }

  update(item) {
    this.item = item;
    const text = item.deleted ? "This message has been deleted." : item.text;
    this.text.replaceChildren(...(item.markdown && !item.deleted ? marked(text) : mentions(text)));
    this.text.hidden = text === "";
    this.text.classList.toggle("deleted", item.deleted);
    this.mark.textContent = item.edited && !item.deleted ? "Edited" : "";
    this.note.textContent = item.failure ? `Not delivered. ${item.failure}` : item.note?.text ?? "";
    this.note.hidden = this.note.textContent === "";
    this.note.classList.toggle("error", Boolean(item.failure || item.note?.error));
    const drawn = JSON.stringify(item.attachments);
    if (drawn !== this.shown) {
      this.shown = drawn;
      this.drawAttachments(item.attachments);
    }
    this.bubble.classList.toggle("wide", item.attachments.length > 0);
  }

  // A new card takes the focus of the one it replaces, so that the keyboard stays where it was.
  drawAttachments(attachments) {
    const focused = this.cards.contains(document.activeElement);
    const label = focused ? document.activeElement.textContent : "";
    this.cards.replaceChildren(...attachments.map((one) => this.attachment(one)));
    if (focused) {
      const buttons = [...this.cards.querySelectorAll("button")];
      (buttons.find((one) => one.textContent === label) ?? buttons[0] ?? this.bubble).focus();
    }
  }

  // What one card is made of must not keep the rest of the chat from being seen.
  attachment(attachment) {
    try {
      return this.drawn(attachment);
    } catch (error) {
      return el("div", { class: "ac-unknown" }, `This card cannot be drawn: ${error.message}`);
    }
  }

  drawn({ contentType, content }) {
    if (contentType === ADAPTIVE) {
      return drawCard(content ?? {}, (action, inputs) => this.press(this.item, action, inputs));
    }
    if (contentType === OAUTH || contentType === SIGN_IN) return signIn(content ?? {});
    return el("div", { class: "ac-unknown" }, `Unknown attachment: ${contentType}`);
  }
}

function pictureOf(sender, person) {
  if (person) return avatar(person.oid, person.initials);
  return sender.startsWith(BOTS) ? botAvatar() : avatar(sender, "?");
}

// The bot's name after an @ stands out, as in Teams.
function mentions(text) {
  return text.split(/(@Presence Bot)/)
    .map((part) => (part === "@Presence Bot" ? el("span", { class: "mention" }, part) : part));
}

function signIn(content) {
  const links = (content.buttons ?? []).map((button) => {
    const safe = /^https?:\/\//i.test(button.value ?? "");
    return safe
      // The page tells its opener that somebody has signed in, as it tells Teams.
      ? el("a", { class: "ac-button", href: button.value, target: "_blank", rel: "opener" },
        button.title ?? "Sign in")
      : el("span", { class: "ac-unknown" }, `Button not shown: ${button.title ?? button.type}`);
  });
  return el("div", { class: "card" }, el("div", { class: "ac-text" }, content.text ?? ""),
    el("div", { class: "ac-actions" }, ...links));
}

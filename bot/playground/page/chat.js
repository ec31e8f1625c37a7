// The conversations of one person: the list, the messages of the open one, and the message box.

import { Compose } from "./compose.js";
import { avatar, botAvatar, el, groupAvatar, svg } from "./dom.js";
import { zone } from "./live.js";
import { Message } from "./message.js";
import { takeCodes } from "./signin.js";
import { dayOf } from "./words.js";

const BOT = "Presence Bot";
const FIRST_WORDS = ["busy for 2 hours, say I'm in a meeting", "help"];
const TYPING_FADES = 10_000; // milliseconds; a bot that goes on typing says so again
const GOES_ON = 300_000; // milliseconds within which messages of one person share a heading
const LOOKED_AT = 3; // cards at the end of a chat that are in view when it is opened
const STAYS_FRESH = 60_000; // milliseconds within which a client does not refresh a card again
const NEAR = 120; // pixels from the end within which the list keeps following

const at = (id) => document.getElementById(id);

const NOTES = {
  personal: "Only you and the bot are here",
  groupChat: "Group chat. The bot hears what mentions it",
  channel: "Channel. The bot hears what mentions it",
  foreign: "Started by another client",
};

export class Chat {
  constructor(live, onOpen) {
    this.live = live;
    this.onOpen = onOpen;
    this.chats = new Map();
    this.people = [];
    this.open = null;
    this.messages = new Map();
    this.unread = new Set();
    this.contacted = new Set();
    this.refreshed = new Map();
    this.compose = new Compose((what) => this.tell(what));
    at("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.say(at("composer").value);
    });
    takeCodes((code) => this.tell({
      conversation: `a:${this.me}`, // a sign-in is between the person and the bot
      invoke: { name: "signin/verifyState", value: { state: code } },
    }));
    at("composer").addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.say(at("composer").value);
    });
    at("form").querySelector(".send").append(svg(24,
      ["path", { d: "M4.5 4.5 20 12 4.5 19.5 7 12zM7 12h6", fill: "none", stroke: "currentColor", "stroke-width": 1.8, "stroke-linejoin": "round", "stroke-linecap": "round" }]));
  }

  // Takes everything anew: the viewer, the people and all that was said.
  start(state, wanted) {
    const other = this.me !== state.as;
    this.me = state.as;
    this.people = state.people;
    this.chats = new Map(state.chats.map((chat) => [chat.id, {
      ...chat, items: new Map(chat.items.map((item) => [item.id, item])),
    }]));
    if (other) this.unread.clear();
    const stays = !other && this.chats.has(this.open) ? this.open : wanted;
    this.show(this.chats.has(stays) ? stays : `a:${this.me}`, other);
  }

  receive(item) {
    const chat = this.chats.get(item.conversation);
    if (!chat) return this.live.open(this.me); // a conversation that is new to the page
    const isNew = !chat.items.has(item.id);
    chat.items.set(item.id, item);
    if (item.conversation === this.open) {
      if (item.sender !== this.teamsId()) this.typing(false);
      this.draw(item);
      this.drawChips();
    } else if (isNew) {
      this.unread.add(item.conversation);
    }
    return this.drawList();
  }

  showTyping({ conversation }) {
    if (conversation === this.open) this.typing(true);
  }

  teamsId() {
    return `29:${this.me}`;
  }

  show(id, anew = true) {
    if (id !== this.open || anew) {
      this.open = id;
      this.messages.clear();
      at("messages").replaceChildren();
      at("composer").value = this.mention();
      this.compose.close(); // what was previewed was for the chat before
      this.typing(false);
    }
    this.unread.delete(id);
    const chat = this.chats.get(id);
    at("talk-name").textContent = chat.name;
    at("talk-note").textContent = NOTES[chat.kind];
    at("talk-avatar").replaceChildren(picture(chat));
    const log = at("scroller");
    log.setAttribute("aria-live", "off"); // what was said before is not read out again
    for (const item of chat.items.values()) this.draw(item);
    requestAnimationFrame(() => log.setAttribute("aria-live", "polite"));
    this.drawList();
    this.drawChips();
    this.lookAgain(chat);
    this.onOpen(id);
    if (chat.kind === "personal" && !chat.contact && !this.contacted.has(id)) {
      this.contacted.add(id);
      this.tell({ contact: true });
    }
  }

  // As a Teams client does: a card that is looked at again is refreshed for those whom it names.
  lookAgain(chat) {
    const now = Date.now();
    for (const item of [...chat.items.values()].slice(-LOOKED_AT)) {
      const { action, userIds } = item.attachments[0]?.content?.refresh ?? {};
      if (action?.type !== "Action.Execute" || !userIds?.includes(this.teamsId())) continue;
      if (now - (this.refreshed.get(item.id) ?? 0) < STAYS_FRESH) continue;
      this.refreshed.set(item.id, now);
      this.execute(item, action, action.data, "automatic");
    }
  }

  mention() {
    const kind = this.chats.get(this.open)?.kind;
    return kind === "groupChat" || kind === "channel" ? `@${BOT} ` : "";
  }

  async say(text) {
    if (text.trim() === "" || text.trim() === `@${BOT}`) return;
    at("composer").value = this.mention();
    at("composer").focus();
    this.toEnd();
    await this.tell({ text: text.trim() });
  }

  tell(what) {
    return this.live.ask("POST", "/playground/send", { as: this.me, conversation: this.open, zone, ...what });
  }

  async press(item, action, inputs) {
    const data = action.data;
    const all = typeof data === "object" || data === undefined ? { ...data, ...inputs } : data;
    if (action.type === "Action.Execute") {
      await this.execute(item, action, all, "manual");
    } else if (all?.msteams?.type === "imBack") {
      await this.tell({ text: String(all.msteams.value) });
    } else {
      await this.tell({ value: all, replyTo: item.id });
    }
  }

  execute(item, { type, id, title, verb }, data, trigger) {
    const value = { action: { type, id, title, verb, data }, trigger };
    return this.tell({ invoke: { name: "adaptiveCard/action", value }, replyTo: item.id });
  }

  draw(item) {
    const known = this.messages.get(item.id);
    const follow = this.nearEnd();
    if (known) {
      known.update(item);
    } else {
      const made = new Message(item, {
        me: this.teamsId(),
        who: (sender) => this.people.find((person) => `29:${person.oid}` === sender),
        press: (...pressed) => this.press(...pressed),
      });
      const log = at("messages");
      const day = dayOf(new Date(item.at));
      if (log.dataset.day !== day || this.messages.size === 0) {
        log.dataset.day = day;
        log.append(el("li", { class: "day" }, day));
      }
      const previous = [...this.messages.values()].at(-1)?.item;
      const soon = previous && new Date(item.at) - new Date(previous.at) < GOES_ON;
      if (soon && previous.sender === item.sender && !log.lastElementChild.matches(".day")) {
        made.element.classList.add("goes-on");
      }
      this.messages.set(item.id, made);
      log.append(made.element);
    }
    if (follow) this.toEnd();
  }

  drawChips() {
    const items = [...this.chats.get(this.open).items.values()];
    const last = items.at(-1);
    let wanted = last?.suggestions ?? [];
    if (!items.length) wanted = FIRST_WORDS.map((words) => ({ title: words, value: words }));
    const follow = this.nearEnd();
    at("chips").replaceChildren(...wanted.map(({ title, value }) => el("button", {
      type: "button",
      class: "chip",
      onclick: () => this.say(this.mention() + String(value)),
    }, title)));
    if (follow) this.toEnd();
  }

  drawList() {
    at("chats").replaceChildren(...[...this.chats.values()].map((chat) => {
      const last = [...chat.items.values()].at(-1);
      const unread = this.unread.has(chat.id);
      const snippet = last ? last.text || (last.deleted ? "Deleted" : "Card") : "";
      const entry = el("button", {
        type: "button",
        class: unread ? "chat-entry unread" : "chat-entry",
        "aria-current": chat.id === this.open ? "true" : null,
        "data-chat": chat.id,
        onclick: () => {
          this.show(chat.id);
          at("chats").querySelector("[aria-current]").focus();
        },
      }, picture(chat), el("span", { class: "chat-words" },
        el("span", { class: "chat-name" }, chat.name),
        el("span", { class: "chat-snippet" }, snippet),
        unread ? el("span", { class: "hidden" }, "new messages") : null));
      return el("li", {}, entry);
    }));
  }

  typing(on) {
    clearTimeout(this.fading);
    const follow = this.nearEnd();
    at("typing").hidden = !on;
    if (on) this.fading = setTimeout(() => this.typing(false), TYPING_FADES);
    if (on && follow) this.toEnd();
  }

  nearEnd() {
    const view = at("scroller");
    return view.scrollHeight - view.scrollTop - view.clientHeight < NEAR;
  }

  toEnd() {
    requestAnimationFrame(() => { at("scroller").scrollTop = at("scroller").scrollHeight; });
  }
}

function picture(chat) {
  if (chat.kind === "personal") return botAvatar();
  if (chat.kind === "foreign") return avatar(chat.id, "?");
  return groupAvatar(chat.kind);
}

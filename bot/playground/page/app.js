// The playground's page: who looks, and which part of the page each event belongs to.

import { Chat } from "./chat.js";
import { Clock } from "./clock.js";
import { el } from "./dom.js";
import { Due } from "./due.js";
import { Faults } from "./faults.js";
import { Live } from "./live.js";
import { Log } from "./log.js";
import { People } from "./people.js";
import { Reading } from "./reading.js";
import { tabs } from "./tabs.js";
import { themeButton } from "./theme.js";

const TROUBLE_FADES = 8000; // milliseconds that the sentence of a refused request stays

const at = (id) => document.getElementById(id);
const address = new URL(window.location.href);

const trouble = { stream: "", request: "" };

function showTrouble(where, words) {
  trouble[where] = words;
  const shown = trouble.stream || trouble.request;
  at("trouble").hidden = shown === "";
  if (at("trouble").textContent !== shown) at("trouble").textContent = shown;
}

let fading;
const live = new Live((where, words) => {
  showTrouble(where, words);
  if (where !== "request") return;
  clearTimeout(fading);
  fading = setTimeout(() => showTrouble("request", ""), TROUBLE_FADES);
});
const clock = new Clock(live);
const people = new People(live, () => clock.now());
const log = new Log();
const chat = new Chat(live, (id) => remember("chat", id));
const due = new Due(live, clock);
const reading = new Reading(live);
const faults = new Faults(live);

// A reload comes back to the same person and conversation.
function remember(name, value) {
  address.searchParams.set(name, value);
  window.history.replaceState(null, "", address);
}

function showPeople(everybody, me) {
  if (at("who").options.length !== everybody.length) {
    at("who").replaceChildren(...everybody.map(({ oid, name }) => el("option", { value: oid }, name)));
  }
  at("who").value = me;
  people.show(everybody, me);
}

live.on("state", (state) => {
  clock.set(state.clock);
  remember("as", state.as);
  people.signIns = state.sign_ins;
  showPeople(state.people, state.as);
  log.start(state.log);
  due.start(state);
  reading.start(state);
  faults.start(state);
  chat.start(state, address.searchParams.get("chat"));
  document.body.dataset.ready = state.as;
});
live.on("chat", (item) => chat.receive(item));
live.on("typing", (who) => chat.showTyping(who));
live.on("people", (everybody) => showPeople(everybody, at("who").value));
live.on("call", (call) => log.add(call));
live.on("clock", (time) => clock.set(time));

at("who").addEventListener("change", () => live.open(at("who").value));

tabs(document.querySelector(".tabs [role=tablist]"), (id) => {
  document.querySelector(".views").dataset.view = id;
});
tabs(document.querySelector(".inside-tabs"), (id) => {
  for (const panel of document.querySelectorAll(".inside > [role=tabpanel]")) panel.hidden = panel.id !== id;
  document.querySelector(".inside").dispatchEvent(new CustomEvent("look", { detail: id }));
});
themeButton(at("theme"));

live.open(address.searchParams.get("as") ?? "");

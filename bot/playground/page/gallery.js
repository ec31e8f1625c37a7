// The gallery: every card in every language.

import { drawCard } from "./card.js";
import { el } from "./dom.js";
import { themeButton } from "./theme.js";

const NAMES = { en: "English", de: "Deutsch", fr: "Français", es: "Español", ru: "Русский", zh: "中文" };

const at = (id) => document.getElementById(id);
const address = new URL(window.location.href);

async function show(language) {
  const answer = await fetch(`/playground/cards?${new URLSearchParams(language ? { language } : {})}`);
  if (!answer.ok) {
    at("cards").replaceChildren(el("p", { class: "trouble", role: "alert" }, await answer.text()));
    return;
  }
  const all = await answer.json();
  address.searchParams.set("language", all.language);
  window.history.replaceState(null, "", address);
  drawLanguages(all);
  const groups = Map.groupBy(all.cards, (card) => card.group);
  at("groups").replaceChildren(...[...groups].map(([group, cards]) =>
    el("a", { href: `#${anchor(group)}` }, `${group} (${cards.length})`)));
  at("cards").replaceChildren(...[...groups].map(([group, cards]) =>
    el("section", { "aria-labelledby": anchor(group) },
      el("h2", { id: anchor(group) }, group),
      el("div", { class: "wall" }, ...cards.map((one) => picture(one))))));
  document.body.dataset.ready = all.language;
}

function anchor(group) {
  return group.toLowerCase().replace(/[^a-z]+/g, "-");
}

function picture({ title, card }) {
  return el("figure", {}, el("figcaption", {}, title),
    el("div", { class: "bubble wide" }, drawCard(card, async () => {})));
}

function drawLanguages({ language, languages }) {
  const focused = at("languages").contains(document.activeElement);
  at("languages").replaceChildren(...languages.map((code) => el("button", {
    type: "button",
    lang: code,
    "aria-pressed": String(code === language),
    onclick: () => show(code),
  }, NAMES[code] ?? code)));
  if (focused) at("languages").querySelector("[aria-pressed=true]").focus();
}

at("narrow").addEventListener("change", () => document.body.classList.toggle("narrow", at("narrow").checked));
themeButton(at("theme"));
show(address.searchParams.get("language"));

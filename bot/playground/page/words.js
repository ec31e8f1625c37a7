// Small texts: markdown as far as cards use it, and times in the browser's zone and language.

import { el } from "./dom.js";

const MARKS = /\\([!-\/:-@[-`{-~])|\*\*(?=\S)([\s\S]*?\S)\*\*|(?<![\p{L}\p{N}])_(?=\S)([\s\S]*?\S)_(?![\p{L}\p{N}])|\n/gu;

// Turns **bold**, _italic_, backslash escapes and line ends into nodes. Links stay text.
export function marked(text) {
  const nodes = [];
  let at = 0;
  for (const found of text.matchAll(MARKS)) {
    if (found.index > at) nodes.push(text.slice(at, found.index));
    const [whole, escaped, bold, italic] = found;
    if (escaped !== undefined) nodes.push(escaped);
    else if (bold !== undefined) nodes.push(el("strong", {}, ...marked(bold)));
    else if (italic !== undefined) nodes.push(el("em", {}, ...marked(italic)));
    else nodes.push(el("br"));
    at = found.index + whole.length;
  }
  if (at < text.length) nodes.push(text.slice(at));
  return nodes;
}

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long" });
const shortDay = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short" });

export const timeOf = (instant) => clock.format(instant);
export const dayOf = (instant) => day.format(instant);

// "14:30", with the day before it where that is not the day of `now`.
export function moment(instant, now) {
  const time = timeOf(instant);
  return instant.toDateString() === now.toDateString() ? time : `${shortDay.format(instant)}, ${time}`;
}

// "InAMeeting" -> "In a meeting", "DoNotDisturb" -> "Do not disturb".
export function inWords(name) {
  const words = name.split(/(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/).join(" ").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

// How an availability looks in Teams: a colour and, for those who do not see it, a shape.

import { el, svg } from "./dom.js";
import { inWords } from "./words.js";

const line = (d) => ["path", { d, fill: "none", stroke: "var(--dot-mark)", "stroke-width": 2, "stroke-linecap": "round", "stroke-linejoin": "round" }];
const disc = ["circle", { cx: 8, cy: 8, r: 8, fill: "currentColor" }];
const ring = ["circle", { cx: 8, cy: 8, r: 6.8, fill: "var(--dot-hole)", stroke: "currentColor", "stroke-width": 2.2 }];
const inner = (d) => ["path", { d, fill: "none", stroke: "currentColor", "stroke-width": 2, "stroke-linecap": "round", "stroke-linejoin": "round" }];

const SHAPES = {
  Available: ["good", disc, line("M4.6 8.3 7 10.6 11.4 5.8")],
  AvailableIdle: ["good", ring, inner("M5 8.2 7.2 10.3 11 6")],
  Busy: ["bad", disc],
  BusyIdle: ["bad", ring],
  DoNotDisturb: ["bad", disc, line("M4.8 8h6.4")],
  BeRightBack: ["warn", disc, line("M8 4.5V8l2.6 1.8")],
  Away: ["warn", disc, line("M8 4.5V8l2.6 1.8")],
  Offline: ["grey", ring, inner("M6 6l4 4M10 6l-4 4")],
  OutOfOffice: ["out", ring, inner("M9.8 5.2 7 8l2.8 2.8M7.2 8h4")],
};
const UNKNOWN = ["grey", ring];

export function dot(availability, outOfOffice) {
  const name = outOfOffice && availability === "Offline" ? "OutOfOffice" : availability;
  const [colour, ...shapes] = SHAPES[name] ?? UNKNOWN;
  return el("span", { class: `dot dot-${colour}`, "data-availability": availability }, svg(16, ...shapes));
}

// "Busy, in a call": the availability, and the activity where it says more.
export function presenceWords({ availability, activity }) {
  const first = inWords(availability.replace("Idle", "")).replace("Presence unknown", "Unknown");
  const second = inWords(activity);
  if (activity === availability || second.toLowerCase() === first.toLowerCase()) return first;
  return `${first}, ${second.charAt(0).toLowerCase()}${second.slice(1)}`;
}

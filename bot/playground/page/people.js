// What colleagues see: everybody's presence as the viewer sees it, and their Teams clients' switches.

import { avatar, el, svg } from "./dom.js";
import { dot, presenceWords } from "./presence.js";
import { inWords, moment } from "./words.js";

const MORE = [
  ["idle", "Idle"],
  ["in_call", "In a call"],
  ["in_meeting", "In a meeting"],
  ["out_of_office", "Out of office"],
];
const AWAY_TEXT = "I am away until Monday. Please ask my team.";
const SIGN_INS = {
  silent: "Signs in silently",
  consent: "Must consent first",
  colleagues: "Must consent to see others",
  mfa: "Must pass MFA first",
  revoked: "Session was revoked",
  blocked: "Cannot sign in: disabled",
};
const PIN = "<pinnednote></pinnednote>";

export class People {
  constructor(live, now) {
    this.live = live;
    this.now = now;
    this.rows = new Map();
    this.signIns = Object.keys(SIGN_INS);
    this.list = document.getElementById("people-list");
  }

  show(people, me) {
    this.me = me;
    for (const person of people) {
      let row = this.rows.get(person.oid);
      if (!row) {
        row = this.makeRow(person);
        this.rows.set(person.oid, row);
        this.list.append(row.element);
      }
      this.fill(row, person);
    }
  }

  makeRow(person) {
    const row = {
      picture: el("span", { class: "picture" }),
      name: el("span", { class: "person-name" }),
      words: el("span", { class: "person-presence" }),
      status: el("p", { class: "person-status" }),
      more: MORE.map(([name, label]) => {
        const box = el("input", { type: "checkbox", "data-control": name,
          onchange: () => this.turn(person.oid, switched(name, box.checked)) });
        return { name, box, element: el("label", { class: "pill" }, box, el("span", {}, label)) };
      }),
    };
    row.signedIn = el("button", {
      type: "button",
      role: "switch",
      class: "switch",
      "data-control": "signed_in",
      "aria-label": `Teams client of ${person.name} signed in`,
      title: "Teams client signed in",
      onclick: () => this.turn(person.oid, {
        signed_in: row.signedIn.getAttribute("aria-checked") !== "true",
      }),
    }, el("span", { class: "knob", "aria-hidden": "true" }));
    row.signIn = el("select", {
      "aria-label": `How ${person.name} signs in`,
      onchange: () => this.turn(person.oid, { sign_in: row.signIn.value }),
    }, ...this.signIns.map((how) => el("option", { value: how }, SIGN_INS[how] ?? inWords(how))));
    const dots = svg(16, ...[3, 8, 13].map((x) => ["circle", { cx: x, cy: 8, r: 1.5, fill: "currentColor" }]));
    row.menu = el("details", { class: "person-more" },
      el("summary", { "aria-label": `More about ${person.name}'s Teams client`, title: "More" }, dots),
      el("div", { class: "pills", role: "group", "aria-label": `Teams client of ${person.name}` },
        ...row.more.map((one) => one.element), row.signIn));
    row.element = el("li", { class: "person", "data-oid": person.oid },
      row.picture,
      el("div", { class: "person-words" }, row.name, row.words, row.status),
      row.signedIn,
      row.menu);
    return row;
  }

  fill(row, person) {
    const { presence, controls } = person;
    row.person = person;
    row.name.textContent = person.oid === this.me ? `${person.name} (you)` : person.name;
    row.picture.replaceChildren(
      avatar(person.oid, person.initials, true),
      dot(presence?.availability, presence?.outOfOfficeSettings?.isOutOfOffice),
    );
    row.words.textContent = presence ? presenceWords(presence) : "Not met yet";
    const status = [...this.statusWords(presence?.statusMessage), ...aside(presence)];
    row.status.replaceChildren(...status);
    row.status.hidden = status.length === 0;
    row.signedIn.setAttribute("aria-checked", String(controls?.signed_in === true));
    row.signedIn.disabled = !controls;
    row.signIn.value = person.sign_in;
    row.element.classList.toggle("not-silent", person.sign_in !== "silent");
    row.signIn.disabled = !person.sign_in;
    for (const { name, box } of row.more) {
      box.checked = controls?.[name] === true;
      box.disabled = !controls;
    }
  }

  statusWords(status) {
    const content = status?.message?.content ?? "";
    if (content === "") return [];
    const pinned = content.trimEnd().endsWith(PIN);
    const words = [el("q", {}, content.replaceAll(PIN, "").trim())];
    const end = status.expiryDateTime?.dateTime;
    if (end && !end.startsWith("9999")) {
      const instant = new Date(`${end.slice(0, 19)}Z`);
      words.push(el("span", { class: "until" }, ` until ${moment(instant, this.now())}`));
    }
    if (pinned) words.push(el("span", { class: "until" }, " · shown when people message"));
    return words;
  }

  async turn(oid, change) {
    const person = await this.live.ask("PATCH", `/playground/people/${oid}?as=${this.me}`, change);
    const row = this.rows.get(oid);
    this.fill(row, person ?? row.person); // a switch that was refused goes back
  }
}

// Whoever is out of office has a text that says so.
function switched(name, on) {
  const text = name === "out_of_office" ? { out_of_office_message: on ? AWAY_TEXT : null } : {};
  return { [name]: on, ...text };
}

// What else colleagues can see: the out-of-office text and where somebody works today.
function aside(presence) {
  const lines = [];
  const away = presence?.outOfOfficeSettings;
  if (away?.isOutOfOffice && away.message) lines.push(`Out of office: ${away.message}`);
  const place = presence?.workLocation?.workLocationType;
  if (place && place !== "unspecified") lines.push(`Works: ${inWords(place)}`);
  return lines.map((line) => el("span", { class: "aside" }, line));
}

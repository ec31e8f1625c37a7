// The inputs of an Adaptive Card. Each gives its element and, to the form, a way to read it.

import { el } from "./dom.js";

let made = 0;

// Inputs of one card. A card that another shows also sends what was put into the outer one.
export class Inputs {
  constructor(outer = null) {
    this.outer = outer;
    this.fields = [];
  }

  add(field) {
    this.fields.push(field);
  }

  // Returns the values by id, or null after the first field that must be filled was shown.
  read() {
    const values = this.outer ? this.outer.read() : {};
    if (values === null) return null;
    let first = null;
    for (const field of this.fields) {
      const value = field.read();
      const missing = field.required && (value === "" || value === undefined);
      field.complain(missing);
      if (missing) first ??= field;
      else if (value !== undefined) values[field.id] = value;
    }
    first?.focus();
    return first ? null : values;
  }
}

// Draws an input, or returns null for a type that is not one of them.
export function drawInput(item, inputs) {
  const draw = KINDS[item.type];
  if (!draw) return null;
  made += 1;
  const name = `input-${made}`;
  const { control, read, named = true } = draw(item, name);
  const error = el("p", { class: "input-error", id: `${name}-error`, hidden: true },
    item.errorMessage || "This is needed.");
  const target = control.matches("input, select, textarea") ? control : control.querySelector("input, select, textarea");
  if (named) target.id = name;
  else control.setAttribute("aria-label", item.label || item.title || item.id);
  inputs.add({
    id: item.id,
    required: item.isRequired === true,
    read,
    focus: () => target.focus(),
    complain: (wrong) => {
      error.hidden = !wrong;
      target.setAttribute("aria-invalid", String(wrong));
      if (wrong) target.setAttribute("aria-describedby", error.id);
    },
  });
  const label = item.label
    ? el(named ? "label" : "span", { class: "input-label", for: named ? name : null },
      item.label + (item.isRequired ? " *" : ""))
    : null;
  if (!label && named && !item.title) target.setAttribute("aria-label", item.placeholder || item.id);
  return el("div", { class: "input" }, label, control, error);
}

const box = (type) => (item) => {
  const control = el("input", { type, value: item.value, min: item.min, max: item.max });
  return { control, read: () => control.value };
};

const KINDS = {
  "Input.Date": box("date"),
  "Input.Time": box("time"),
  "Input.Text": (item) => {
    const control = item.isMultiline
      ? el("textarea", { rows: 3 })
      : el("input", { type: "text" });
    control.value = item.value ?? "";
    if (item.placeholder) control.placeholder = item.placeholder;
    if (item.maxLength) control.maxLength = item.maxLength;
    return { control, read: () => control.value };
  },
  "Input.Toggle": (item, name) => {
    const on = item.valueOn ?? "true";
    const control = el("input", { type: "checkbox", id: name });
    control.checked = item.value === on;
    const read = () => (control.checked ? on : item.valueOff ?? "false");
    return { control: el("label", { class: "check" }, control, ` ${item.title ?? ""}`), read };
  },
  "Input.ChoiceSet": (item, name) => {
    const choices = item.choices ?? [];
    const chosen = (item.value ?? "").split(",");
    if (item.isMultiSelect || item.style === "expanded") {
      const type = item.isMultiSelect ? "checkbox" : "radio";
      const boxes = choices.map((choice) => {
        const one = el("input", { type, name, value: choice.value });
        one.checked = chosen.includes(choice.value);
        return one;
      });
      const rows = choices.map((choice, i) => el("label", { class: "check" }, boxes[i], ` ${choice.title}`));
      const control = el("div", { class: "choices", role: item.isMultiSelect ? "group" : "radiogroup" }, ...rows);
      const read = () => boxes.filter((one) => one.checked).map((one) => one.value).join(",");
      return { control, read, named: false };
    }
    const control = el("select", {},
      el("option", { value: "" }, item.placeholder ?? ""),
      ...choices.map((choice) => el("option", { value: choice.value }, choice.title)));
    control.value = item.value ?? "";
    return { control, read: () => control.value };
  },
};

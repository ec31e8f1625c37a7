// Draws Adaptive Cards, as far as the bot emits them. What is unknown is shown as unknown.
// https://adaptivecards.io/explorer/

import { el } from "./dom.js";
import { Inputs, drawInput } from "./inputs.js";
import { marked } from "./words.js";

const lower = (value, otherwise) => String(value ?? otherwise).toLowerCase();

// One card on the page. `press(action, inputs)` carries a button out; the buttons wait for it.
class Card {
  constructor(press) {
    this.press = press;
    this.byId = new Map();
    this.root = null;
  }

  async carryOut(action, inputs) {
    const values = action.associatedInputs === "none" ? {} : inputs.read();
    if (values === null || this.root.getAttribute("aria-busy") === "true") return;
    const buttons = [...this.root.querySelectorAll("button:not(:disabled)")];
    this.root.setAttribute("aria-busy", "true");
    // Not `disabled`: that would take the focus away from the pressed button.
    for (const button of buttons) button.setAttribute("aria-disabled", "true");
    try {
      await this.press(action, values);
    } finally {
      this.root.removeAttribute("aria-busy");
      for (const button of buttons) button.removeAttribute("aria-disabled");
    }
  }

  // The body and the buttons of a card, also of one inside Action.ShowCard.
  face(content, inputs) {
    return [
      ...this.all(content.body, inputs),
      ...(content.actions?.length ? this.actions(content.actions, inputs) : []),
    ];
  }

  all(items, inputs) {
    return (items ?? []).map((item) => this.element(item, inputs)).filter((made) => made !== null);
  }

  element(item, inputs) {
    const draw = ELEMENTS[item.type];
    let made = draw ? draw(this, item, inputs) : drawInput(item, inputs);
    if (!made) {
      if (item.fallback === "drop") return null;
      if (typeof item.fallback === "object") return this.element(item.fallback, inputs);
      made = unknown(item.type);
    }
    made.classList.add("ac-item", `space-${lower(item.spacing, "default")}`);
    if (item.separator) made.classList.add("ac-separator");
    if (item.isVisible === false) made.hidden = true;
    if (item.id) this.byId.set(item.id, made);
    return made;
  }

  actions(actions, inputs) {
    const row = el("div", { class: "ac-actions" });
    const below = [];
    for (const action of actions) {
      const make = ACTIONS[action.type];
      if (!make) {
        row.append(unknown(action.type));
        continue;
      }
      const made = make(this, action, inputs, below);
      if (action.isEnabled === false) made.disabled = true;
      if (action.tooltip) made.title = action.tooltip;
      row.append(made);
    }
    return [row, ...below];
  }
}

function unknown(type) {
  return el("div", { class: "ac-unknown" }, `Unknown card element: ${type}`);
}

function styled(made, item) {
  made.classList.add(
    `size-${lower(item.size, "default")}`,
    `weight-${lower(item.weight, "default")}`,
    `color-${lower(item.color, "default")}`,
  );
  if (item.isSubtle) made.classList.add("subtle");
  if (lower(item.fontType, "") === "monospace") made.classList.add("mono");
  return made;
}

function width(column) {
  const wanted = column.width ?? "stretch";
  if (wanted === "auto") return "0 0 auto";
  if (typeof wanted === "string" && wanted.endsWith("px")) return `0 0 ${parseInt(wanted, 10)}px`;
  return `${wanted === "stretch" ? 1 : Number(wanted) || 1} 1 0`;
}

const ELEMENTS = {
  TextBlock: (card, item) => {
    const made = styled(el("div", { class: "ac-text" }, ...marked(item.text ?? "")), item);
    if (!item.wrap) made.classList.add("ac-cut");
    if (item.horizontalAlignment) made.classList.add(`align-${lower(item.horizontalAlignment)}`);
    if (lower(item.style, "") === "heading") {
      made.setAttribute("role", "heading");
      made.setAttribute("aria-level", "3");
    }
    return made;
  },
  RichTextBlock: (card, item) => el("div", { class: "ac-text" }, ...(item.inlines ?? []).map((run) => {
    const part = typeof run === "string" ? { text: run } : run;
    const made = styled(el("span", {}, part.text ?? ""), part);
    if (part.italic) made.classList.add("italic");
    if (part.strikethrough) made.classList.add("struck");
    return made;
  })),
  Container: (card, item, inputs) => {
    const made = el("div", { class: `ac-container style-${lower(item.style, "default")}` },
      ...card.all(item.items, inputs));
    if (item.bleed) made.classList.add("bleed");
    return made;
  },
  ColumnSet: (card, item, inputs) => el("div", { class: "ac-columns" },
    ...(item.columns ?? []).map((column) => {
      const made = el("div", { class: `ac-column style-${lower(column.style, "default")}` },
        ...card.all(column.items, inputs));
      made.style.flex = width(column);
      made.classList.add(`gap-${lower(column.spacing, "default")}`,
        `vertical-${lower(column.verticalContentAlignment, "top")}`);
      if (column.isVisible === false) made.hidden = true;
      if (column.id) card.byId.set(column.id, made);
      return made;
    })),
  FactSet: (card, item) => el("dl", { class: "ac-facts" }, ...(item.facts ?? []).flatMap((fact) => [
    el("dt", {}, ...marked(fact.title ?? "")),
    el("dd", {}, ...marked(fact.value ?? "")),
  ])),
  Image: (card, item) => {
    if (!/^data:image\//i.test(item.url ?? "")) {
      return el("div", { class: "ac-unknown" }, `Image not shown: ${item.altText || "it is on another host"}`);
    }
    const classes = `ac-image image-${lower(item.size, "auto")} ${lower(item.style, "")}`;
    return el("img", { class: classes.trim(), src: item.url, alt: item.altText ?? "" });
  },
  ActionSet: (card, item, inputs) => el("div", {}, ...card.actions(item.actions ?? [], inputs)),
};

function button(action, onclick) {
  const style = lower(action.style, "default");
  return el("button", { type: "button", class: `ac-button action-${style}`, onclick }, action.title ?? "");
}

const press = (card, action, inputs) => button(action, () => card.carryOut(action, inputs));

const ACTIONS = {
  "Action.Execute": press,
  "Action.Submit": press,
  "Action.OpenUrl": (card, action) => (/^https?:\/\//i.test(action.url ?? "")
    ? el("a", { class: "ac-button", href: action.url, target: "_blank", rel: "noopener noreferrer" },
      action.title ?? "Link")
    : el("span", { class: "ac-unknown" }, `Link not shown: ${action.title ?? ""}`)),
  "Action.ShowCard": (card, action, inputs, below) => {
    const inner = el("div", { class: "ac-shown style-emphasis", hidden: true },
      ...card.face(action.card ?? {}, new Inputs(inputs)));
    below.push(inner);
    const made = button(action, () => {
      inner.hidden = !inner.hidden;
      made.setAttribute("aria-expanded", String(!inner.hidden));
    });
    made.setAttribute("aria-expanded", "false");
    made.classList.add("opens");
    return made;
  },
  "Action.ToggleVisibility": (card, action) => button(action, () => {
    for (const target of action.targetElements ?? []) {
      const id = typeof target === "string" ? target : target.elementId;
      const found = card.byId.get(id);
      if (found) found.hidden = typeof target.isVisible === "boolean" ? !target.isVisible : !found.hidden;
    }
  }),
};

export function drawCard(content, onpress) {
  const card = new Card(onpress);
  card.root = el("div", { class: "card", lang: content.lang ?? null }, ...card.face(content, new Inputs()));
  return card.root;
}

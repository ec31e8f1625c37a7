// Builds elements. Text reaches the page through text nodes only, never as markup.

export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") made.className = value;
    else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

const SVG = "http://www.w3.org/2000/svg";

export function svg(size, ...shapes) {
  const made = document.createElementNS(SVG, "svg");
  made.setAttribute("viewBox", `0 0 ${size} ${size}`);
  made.setAttribute("aria-hidden", "true");
  made.setAttribute("focusable", "false");
  for (const [tag, attributes] of shapes) {
    const shape = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) shape.setAttribute(name, value);
    made.append(shape);
  }
  return made;
}

// A round picture of a person: initials on one of eight colours that the id decides.
export function avatar(id, initials, large = false) {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + letter.codePointAt(0)) % 997;
  const classes = `avatar hue-${sum % 8}${large ? " large" : ""}`;
  return el("span", { class: classes, "aria-hidden": "true" }, initials);
}

export function botAvatar() {
  const mark = svg(
    24,
    ["circle", { cx: 12, cy: 12, r: 7, fill: "none", stroke: "currentColor", "stroke-width": 2 }],
    ["path", { d: "M12 8v4.4l3 1.8", fill: "none", stroke: "currentColor", "stroke-width": 2, "stroke-linecap": "round" }],
  );
  return el("span", { class: "avatar bot", "aria-hidden": "true" }, mark);
}

export function groupAvatar(kind) {
  const shapes = kind === "channel"
    ? [["path", { d: "M9 5 7 19M17 5l-2 14M5 9h15M4 15h15", fill: "none", stroke: "currentColor", "stroke-width": 2, "stroke-linecap": "round" }]]
    : [
        ["circle", { cx: 9, cy: 9, r: 3, fill: "currentColor" }],
        ["circle", { cx: 16, cy: 10, r: 2.4, fill: "currentColor" }],
        ["path", { d: "M3.5 18c0-3 2.5-4.6 5.5-4.6s5.5 1.6 5.5 4.6zM15.5 17.8h5c0-2.6-1.8-4.2-4.3-4.2", fill: "currentColor" }],
      ];
  return el("span", { class: `avatar place ${kind}`, "aria-hidden": "true" }, svg(24, ...shapes));
}

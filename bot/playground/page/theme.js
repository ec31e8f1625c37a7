// Light or dark: the system's choice until the viewer makes one, which this browser keeps.

import { svg } from "./dom.js";

const KEY = "theme";
const root = document.documentElement;

function kept() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // a browser that keeps nothing
  }
}

function isDark() {
  return (root.dataset.theme ?? "") === "" ? matchMedia("(prefers-color-scheme: dark)").matches
    : root.dataset.theme === "dark";
}

export function themeButton(button) {
  button.append(svg(20,
    ["circle", { cx: 10, cy: 10, r: 7, fill: "none", stroke: "currentColor", "stroke-width": 1.6 }],
    ["path", { d: "M10 3a7 7 0 0 1 0 14z", fill: "currentColor" }]));
  const draw = () => button.setAttribute("aria-pressed", String(isDark()));
  button.setAttribute("aria-label", "Dark colours");
  if (["light", "dark"].includes(kept())) root.dataset.theme = kept();
  button.title = "Light or dark";
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try {
      localStorage.setItem(KEY, root.dataset.theme);
    } catch {
      // it lasts as long as the page
    }
    draw();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  draw();
}

// What the stand-ins received, as they received it; newest first.

import { el } from "./dom.js";

const MOST = 200;
const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });

export class Log {
  constructor() {
    this.list = document.getElementById("calls");
    const all = document.getElementById("log-all");
    const choose = () => this.list.classList.toggle("graph-only", !all.checked);
    all.addEventListener("change", choose);
    choose();
  }

  start(calls) {
    this.list.replaceChildren();
    for (const call of calls.slice(-MOST)) this.add(call);
  }

  add(call) {
    this.list.prepend(entry(call));
    while (this.list.children.length > MOST) this.list.lastElementChild.remove();
  }
}

function entry({ service, at, method, path, body, status, oid }) {
  const fine = status >= 200 && status < 400;
  const summary = el("summary", {},
    el("span", { class: `method method-${method.toLowerCase()}` }, method),
    el("span", { class: "path" }, service === "graph" ? path : `${service} ${path}`),
    el("span", { class: fine ? "status" : "status failed" }, status === 0 ? "no answer" : String(status)));
  const shown = body === null || body === undefined ? "No body"
    : typeof body === "string" ? body : JSON.stringify(body, null, 2);
  const detail = el("div", { class: "call-detail" },
    el("p", {}, `${time.format(new Date(at))}${oid ? ` · for ${oid}` : ""}`),
    el("pre", { tabindex: "0", "aria-label": "Body" }, shown));
  return el("li", { class: `call service-${service}` }, el("details", {}, summary, detail));
}

// A row of tabs: one is chosen by a press or by the arrow keys.

export function tabs(list, choose) {
  const all = [...list.querySelectorAll("[role=tab]")];

  function select(tab, focus = false) {
    for (const one of all) {
      one.setAttribute("aria-selected", String(one === tab));
      one.tabIndex = one === tab ? 0 : -1;
    }
    choose(tab.getAttribute("aria-controls"));
    if (focus) tab.focus();
  }

  for (const tab of all) {
    tab.addEventListener("click", () => select(tab));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step) select(all[(all.indexOf(tab) + step + all.length) % all.length], true);
    });
  }
}

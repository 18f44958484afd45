// A small menu beside a button, for what can be done with one thing.

import { el } from "./dom.js";
import { popup } from "./popup.js";

const COLUMNS = 8;

/**
 * Offers `items` beside `anchor`: `{words, press(anchor)?, title?, isGrave?}`; one without `press` is
 * only read. Ends with Escape, a press elsewhere, or when one was taken. `isGrid`: eight in a line;
 * else `width` in pixels.
 */
export function choose(anchor, { label, items, isGrid = false, width = 220 }) {
  const list = el("div", {
    class: isGrid ? "choose grid" : "choose",
    role: "menu",
    "aria-label": label,
  });
  const end = () => {
    if (!list.isConnected) return;
    removeEventListener("pointerdown", outside, true);
    anchor.setAttribute("aria-expanded", "false");
    list.remove();
  };
  const outside = (event) => list.contains(event.target) || end();
  const take = (item) => {
    end();
    anchor.focus({ preventScroll: true });
    item.press(anchor);
  };
  list.append(...items.map((item) => entry(item, take)));
  list.addEventListener("keydown", (event) => key(event, list, isGrid, () => (end(), anchor.focus())));
  document.body.append(list);
  const size = isGrid ? { width: 312, height: 160 } : { width, height: 380 };
  popup(anchor, list, { ...size, onChange: (isOpen) => isOpen || end() }).open();
  anchor.setAttribute("aria-expanded", "true");
  addEventListener("pointerdown", outside, true);
  list.querySelector("button")?.focus();
}

function entry(item, take) {
  if (!item.press) return el("div.choose-note", item.words);
  const settings = {
    type: "button",
    role: "menuitem",
    tabindex: "-1",
    class: item.isGrave ? "grave" : null,
    title: item.title,
    "aria-label": item.title,
    on: { click: () => take(item) },
  };
  return el("button", settings, item.words);
}

function key(event, list, isGrid, end) {
  const entries = [...list.querySelectorAll("button")];
  const at = entries.indexOf(document.activeElement);
  const line = isGrid ? COLUMNS : 1;
  const steps = { ArrowDown: line, ArrowUp: -line, ArrowRight: 1, ArrowLeft: -1 };
  if (event.key === "Escape" || event.key === "Tab") end();
  else if (steps[event.key])
    entries[(at + steps[event.key] + entries.length) % entries.length]?.focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

// The menu behind three dots.

import { confirmed } from "./confirm.js";
import { el, freshId } from "./dom.js";
import { icon } from "./icons.js";
import { openSafely } from "./links.js";
import { popup } from "./popup.js";
import { withEmoji } from "./texts.js";

/** An overflow element: a button, and the menu that it opens. */
export function menu(part) {
  const { one, block, host } = part;
  const list = el("div", { class: "menu-list", role: "menu", id: freshId("menu") });
  const button = el(
    "button",
    {
      type: "button",
      class: "button menu-button",
      "aria-label": "More",
      "aria-haspopup": "menu",
      "aria-controls": list.id,
      "aria-expanded": "false",
      on: { click: () => (panel.isOpen ? panel.close() : openAt(list, panel, 0)) },
    },
    icon("more"),
  );
  const panel = popup(button, list, {
    width: 220,
    onChange: (isOpen) => button.setAttribute("aria-expanded", String(isOpen)),
  });
  const node = el("span.menu", button, list);
  const pick = (option) => async () => {
    panel.close();
    button.focus();
    if (!(await confirmed(one.confirm, host.world))) return;
    if (option.url) openSafely(option.url, host.world);
    await host.press(one, block, { selected: option.value }, button);
  };
  list.append(...one.options.map((option) => entry(option, pick(option))));
  node.addEventListener("keydown", (event) => key(event, { list, button, panel }));
  node.addEventListener("focusout", (event) => {
    if (!node.contains(event.relatedTarget)) panel.close();
  });
  return node;
}

function entry(option, pick) {
  const note = option.description
    ? el("span.option-hint", withEmoji(option.description))
    : null;
  const settings = { type: "button", role: "menuitem", tabindex: "-1", on: { click: pick } };
  return el("button", settings, el("span", { dir: "auto" }, withEmoji(option.text)), note);
}

function openAt(list, panel, index) {
  panel.open();
  list.children[index]?.focus();
}

function key(event, { list, button, panel }) {
  const entries = [...list.children];
  const at = entries.indexOf(document.activeElement);
  const reach = (index) => entries[(index + entries.length) % entries.length].focus();
  const keys = {
    ArrowDown: () => (panel.isOpen ? reach(at + 1) : openAt(list, panel, 0)),
    ArrowUp: () => (panel.isOpen ? reach(at - 1) : openAt(list, panel, entries.length - 1)),
    Home: panel.isOpen ? () => reach(0) : null,
    End: panel.isOpen ? () => reach(entries.length - 1) : null,
    Escape: panel.isOpen ? () => (panel.close(), button.focus()) : null,
  };
  const act = Object.hasOwn(keys, event.key) ? keys[event.key] : null;
  if (!act) return;
  event.preventDefault();
  event.stopPropagation();
  act();
}

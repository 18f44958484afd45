// Radio buttons and checkboxes.

import { el, freshId } from "./dom.js";
import { given, startOf } from "./given.js";
import { initialOf } from "./options.js";
import { text } from "./texts.js";

/** A list of which one, or several, can be ticked. */
export function listed(part) {
  const single = part.one.type === "radio_buttons";
  const name = freshId("list");
  const node = el("div", { class: "listed", role: single ? "radiogroup" : "group" });
  const boxes = () => [...node.querySelectorAll("input")];
  let chosen = [startOf(part, initialOf(part.one)) ?? []].flat();
  const show = () => boxes().forEach((box) => (box.checked = chosen.includes(box.value)));
  const tell = async () => {
    const values = boxes().filter((box) => box.checked);
    const ticked = values.map((box) => box.value);
    const before = chosen;
    chosen = ticked;
    if (await given(part, single ? ticked[0] : ticked, node)) return;
    chosen = before;
    show();
  };
  node.append(...part.one.options.map((option) => row(part, option, { single, name, tell })));
  show();
  if (part.one.focus_on_load) node.querySelector("input")?.setAttribute("autofocus", "");
  return node;
}

function row({ host }, option, { single, name, tell }) {
  const box = el("input", {
    type: single ? "radio" : "checkbox",
    name,
    value: option.value,
    on: { change: tell },
  });
  const note = option.description
    ? el("div.hint", text(option.description, host.world))
    : null;
  return el("label.tick", box, el("span", text(option.text, host.world), note));
}

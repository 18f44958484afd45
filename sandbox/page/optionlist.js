// The list of options that a select opens: its rows, the one that the keys have reached, its notes.

import { el, freshId } from "./dom.js";
import { icon } from "./icons.js";

const MOST_ROWS = 100; // more are found by typing

/** A listbox; `onPick(value)` is told what was pressed. */
export class OptionList {
  #rows = [];
  #at = -1;

  constructor({ several, onPick }) {
    this.onPick = onPick;
    this.node = el("div", {
      id: freshId("options"),
      class: "options",
      role: "listbox",
      tabindex: "-1", // else Tab stops here, since it scrolls
      "aria-label": "Options",
      "aria-multiselectable": several ? "true" : null,
      // The focus stays where one types.
      on: { mousedown: (event) => event.preventDefault() },
    });
  }

  /** Draws the groups; `chosen` is a set of values, `note` a sentence under them. */
  fill(groups, chosen, { note = "", isFull = false } = {}) {
    const total = groups.reduce((sum, group) => sum + group.options.length, 0);
    const more = total > MOST_ROWS ? `${total - MOST_ROWS} more: type to find them.` : "";
    const words = note || more || (total ? "" : "Nothing found.");
    this.#rows = [];
    const drawn = groups.map((group) => this.#group(group, chosen, isFull));
    const foot = words ? el("div", { class: "options-note", role: "status" }, words) : null;
    this.node.replaceChildren(...[...drawn, foot].filter(Boolean));
    const first = this.#rows.findIndex((row) => chosen.has(row.dataset.value));
    this.reach(Math.max(first, 0));
  }

  #group({ label, options }, chosen, isFull) {
    const room = MOST_ROWS - this.#rows.length;
    if (room <= 0 || !options.length) return null;
    const rows = options.slice(0, room).map((option) => this.#row(option, chosen, isFull));
    this.#rows.push(...rows);
    if (!label) return el("div", { role: "presentation" }, rows);
    const head = el("div", { class: "options-head", id: freshId("group") }, label);
    return el("div", { role: "group", "aria-labelledby": head.id }, head, rows);
  }

  #row({ value, label, note }, chosen, isFull) {
    const isChosen = chosen.has(value);
    return el(
      "div",
      {
        id: freshId("option"),
        class: "option",
        role: "option",
        "aria-selected": String(isChosen),
        "aria-disabled": isFull && !isChosen ? "true" : null,
        "data-value": value,
        on: { click: () => this.#press(value, isFull && !isChosen) },
      },
      el("span.option-mark", isChosen ? icon("check") : null),
      el("span", { class: "option-label", dir: "auto" }, label),
      note ? el("span", { class: "option-hint", dir: "auto" }, note) : null,
    );
  }

  #press(value, isBarred) {
    if (!isBarred) this.onPick(value);
  }

  /** The id of the row that the keys have reached, or null. */
  get reachedId() {
    return this.#rows[this.#at]?.id || null;
  }

  /** Where the keys are. */
  get at() {
    return this.#at;
  }

  reach(index) {
    this.#rows[this.#at]?.classList.remove("is-reached");
    this.#at = Math.max(-1, Math.min(index, this.#rows.length - 1));
    const row = this.#rows[this.#at];
    row?.classList.add("is-reached");
    row?.scrollIntoView({ block: "nearest" });
  }

  pickReached() {
    this.#rows[this.#at]?.click();
  }
}

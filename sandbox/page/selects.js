// Selects of one and of several: a field to type in, and a list to choose from.

import { el } from "./dom.js";
import { given, startOf } from "./given.js";
import { icon } from "./icons.js";
import { OptionList } from "./optionlist.js";
import { initialOf, matching, offered, optionGroups } from "./options.js";
import { popup } from "./popup.js";
import { withEmoji } from "./texts.js";

const LETTERS = 3; // Slack: an external select asks its app from three letters on, unless it says otherwise
const PAUSE_MS = 150; // an app is asked when the typing pauses

/** A select of one. */
export const choice = (part) => new Select(part, false).node;

/** A select of several. */
export const choices = (part) => new Select(part, true).node;

const labels = new Map(); // what an app called the options that it offered, by value

function learn(options) {
  for (const option of options.flat()) if (option) labels.set(option.value, withEmoji(option.text));
}

const tooFew = (letters) => `Type ${letters} ${letters === 1 ? "letter" : "letters"} or more.`;

class Select {
  #groups = [];
  #asked = 0;
  #note = "";
  #typed = null; // null until something is typed: then everything is offered

  constructor(part, several) {
    const { one } = part;
    Object.assign(this, { part, several });
    const start = startOf(part, initialOf(one));
    this.chosen = [start ?? []].flat().filter((value) => value !== "");
    learn([one.initial_option, one.initial_options]);
    const held = part.host.held?.(part.block, one);
    learn([held?.selected_option, held?.selected_options]);
    this.words = one.placeholder?.text || (several ? "Choose some" : "Choose one");
    this.list = new OptionList({ several, onPick: (value) => this.#pick(value) });
    this.#build();
    this.#show();
  }

  get #isExternal() {
    return this.part.one.type.endsWith("external_select");
  }

  #build() {
    const { one, id, isInput } = this.part;
    this.input = el("input", {
      id,
      class: "select-input",
      role: "combobox",
      autocomplete: "off",
      spellcheck: "false",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.list.node.id,
      "aria-label": isInput ? null : this.words,
      autofocus: Boolean(one.focus_on_load),
      on: {
        click: () => this.#open(),
        input: () => this.#type(),
        keydown: (event) => this.#key(event),
      },
    });
    this.tokens = el("span.tokens");
    const classes = `input select${this.several ? " is-several" : ""}`;
    this.node = el(
      "span",
      { class: classes },
      this.tokens,
      this.input,
      icon("down"),
      this.list.node,
    );
    this.node.addEventListener("focusout", (event) => {
      if (!this.node.contains(event.relatedTarget)) this.#leave();
    });
    this.popup = popup(this.node, this.list.node, {
      onChange: (isOpen) => this.input.setAttribute("aria-expanded", String(isOpen)),
    });
  }

  /** What the field says while nobody types in it. */
  #show() {
    this.#typed = null;
    const isEmpty = this.chosen.length === 0;
    this.input.placeholder = isEmpty || !this.several ? this.words : "";
    this.input.value = isEmpty || this.several ? "" : this.#labelOf(this.chosen[0]);
    if (!this.several) return;
    this.tokens.replaceChildren(...this.chosen.map((value) => this.#token(value)));
  }

  #token(value) {
    const label = this.#labelOf(value);
    const remove = el(
      "button",
      {
        type: "button",
        "aria-label": `Remove ${label}`,
        // First the focus, which else would leave with the button.
        on: { click: () => (this.input.focus(), this.#pick(value)) },
      },
      icon("close"),
    );
    return el("span.token", el("span", { dir: "auto" }, label), remove);
  }

  #labelOf(value) {
    const { one, host } = this.part;
    const options = offered(one, host.world).flatMap((group) => group.options);
    const found = options.find((option) => option.value === value)?.label;
    if (found) return found;
    const user = host.world.user(value);
    return user ? host.world.nameOf(user) : labels.get(value) || value;
  }

  #open() {
    if (this.popup.isOpen) return;
    this.before = JSON.stringify(this.chosen);
    if (!this.several) this.input.select();
    this.#offer();
    this.popup.open();
  }

  #type() {
    this.#typed = this.input.value;
    if (!this.popup.isOpen) this.#open();
    else this.#offer();
  }

  #offer() {
    if (this.#isExternal) this.#ask();
    else this.#groups = matching(offered(this.part.one, this.part.host.world), this.#typed || "");
    this.#fill();
  }

  #fill() {
    const most = this.part.one.max_selected_items;
    const isFull = this.several && most !== undefined && this.chosen.length >= most;
    const note = isFull ? `You can choose ${most} at most.` : this.#note;
    this.list.fill(this.#groups, new Set(this.chosen), { note, isFull });
    this.#mark();
  }

  #mark() {
    const id = this.list.reachedId;
    if (id) this.input.setAttribute("aria-activedescendant", id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  /** Asks the app what it offers for what was typed; only the newest answer counts. */
  async #ask() {
    const { one, block, host } = this.part;
    const typed = this.#typed || "";
    const letters = one.min_query_length ?? LETTERS;
    const asked = (this.#asked += 1);
    this.#groups = [];
    this.#note = typed.length < letters ? tooFew(letters) : "Looking…";
    if (typed.length < letters) return;
    await new Promise((resume) => setTimeout(resume, PAUSE_MS));
    if (asked !== this.#asked) return;
    const answer = await host.options(one, block, typed);
    if (asked !== this.#asked) return;
    this.#note = answer ? "" : "The app did not answer.";
    this.#groups = answer ? optionGroups(answer) : [];
    for (const option of this.#groups.flatMap((group) => group.options))
      labels.set(option.value, option.label);
    this.#fill();
  }

  #pick(value) {
    if (this.several) this.#toggle(value);
    else this.#choose(value);
  }

  #toggle(value) {
    const { part } = this;
    const has = this.chosen.includes(value);
    this.before ??= JSON.stringify(this.chosen);
    this.chosen = has ? this.chosen.filter((one) => one !== value) : [...this.chosen, value];
    part.host.keep(part.block, part.one, this.chosen);
    this.#show();
    if (this.popup.isOpen) this.#offer();
  }

  #choose(value) {
    const isNew = this.chosen[0] !== value;
    const before = this.chosen;
    this.chosen = value === "" ? [] : [value];
    this.popup.close();
    this.#show();
    if (isNew) this.#tell(value, before);
  }

  async #tell(value, before) {
    if (await given(this.part, value, this.node)) return;
    this.chosen = before;
    this.#show();
  }

  #leave() {
    const isEmptied = this.#typed === "" && this.chosen.length > 0;
    this.popup.close();
    this.#asked += 1;
    if (this.several) this.#tellSeveral();
    else if (isEmptied && this.part.isInput) this.#choose("");
    this.#show();
  }

  #tellSeveral() {
    const before = this.before;
    this.before = undefined;
    if (before === undefined || before === JSON.stringify(this.chosen)) return;
    this.#tell(this.chosen, JSON.parse(before));
  }

  #key(event) {
    const isOpen = this.popup.isOpen;
    const keys = {
      ArrowDown: () => this.#step(1),
      ArrowUp: () => this.#step(-1),
      PageDown: () => this.#step(8),
      PageUp: () => this.#step(-8),
      Enter: () => (isOpen ? this.list.pickReached() : this.#open()),
      Escape: isOpen ? () => (this.popup.close(), this.#show()) : null,
      Backspace: this.several && !this.input.value ? () => this.#dropLast() : null,
    };
    const act = Object.hasOwn(keys, event.key) ? keys[event.key] : null;
    if (!act || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  #step(rows) {
    if (!this.popup.isOpen) this.#open();
    else this.list.reach(Math.max(0, this.list.at + rows));
    this.#mark();
  }

  #dropLast() {
    if (this.chosen.length) this.#toggle(this.chosen.at(-1));
  }
}

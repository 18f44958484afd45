// What the writing box offers while one types: commands at the start, people after an @.

import { el, freshId, reached } from "./dom.js";
import { avatar } from "./faces.js";

const MOST = 8;

/** The list over `box`. `key(event)` answers whether the key was for the list. */
export class Completion {
  #rows = [];
  #at = 0;

  constructor(app, box, inThread) {
    Object.assign(this, { app, box, inThread });
    this.node = el("ul", { class: "hints", role: "listbox", id: freshId("hints"), hidden: true });
    const combobox = {
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-controls": this.node.id,
      "aria-expanded": "false",
    };
    for (const [name, value] of Object.entries(combobox)) box.setAttribute(name, value);
    box.addEventListener("blur", () => this.close());
  }

  close() {
    this.#rows = [];
    this.#show();
  }

  /** Offers what fits what was typed. */
  update() {
    const typed = this.box.value.slice(0, this.box.selectionStart);
    this.#rows = this.#commands(typed) || this.#people(typed) || [];
    this.#at = 0;
    this.#show();
  }

  key(event) {
    if (!this.#rows.length || event.isComposing) return false;
    const steps = { ArrowDown: 1, ArrowUp: this.#rows.length - 1 };
    if (steps[event.key]) {
      this.#at = (this.#at + steps[event.key]) % this.#rows.length;
      this.#show();
    } else if (event.key === "Escape") this.close();
    else if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey)) {
      const row = this.#rows[this.#at];
      // A whole command is run, not completed.
      if (!row.take || (event.key === "Enter" && row.word === this.box.value)) return false;
      this.#take(row);
    } else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  #take(row) {
    row.take();
    this.close();
    this.box.dispatchEvent(new Event("input"));
  }

  #commands(typed) {
    if (!/^\/\S*$/.test(typed)) return null;
    if (this.inThread)
      return [{ name: "Commands do not run in threads.", hint: "Write it in the channel." }];
    const { commands = [] } = this.app.world.facts.app || {};
    const found = commands.filter((one) => one.command.startsWith(typed.toLowerCase()));
    return found.slice(0, MOST).map(({ command, usage_hint: usage, description }) => ({
      word: command,
      name: command,
      usage,
      hint: description,
      take: () => this.#insert(typed.length, `${command} `),
    }));
  }

  #people(typed) {
    const [, part] = /(?:^|[\s(])@([\p{L}\p{N}._-]*)$/u.exec(typed) || [];
    if (part === undefined) return null;
    return matching(this.app, part.toLowerCase()).map((user) => ({
      user,
      name: this.app.world.nameOf(user),
      usage: user.name,
      hint: user.is_bot ? "App" : this.app.world.team(user.team_id)?.name,
      take: () => this.#insert(part.length, `${user.name} `),
    }));
  }

  #insert(length, words) {
    const end = this.box.selectionStart;
    this.box.setRangeText(words, end - length, end, "end");
  }

  #show() {
    const { node, box } = this;
    node.hidden = this.#rows.length === 0;
    node.replaceChildren(...this.#rows.map((row, index) => this.#draw(row, index)));
    box.setAttribute("aria-expanded", String(!node.hidden));
    const chosen = node.children[this.#at];
    reached(box, chosen);
  }

  #draw(row, index) {
    const settings = {
      role: "option",
      id: `${this.node.id}-${index}`,
      "aria-selected": String(Boolean(row.take) && index === this.#at),
    };
    const node = el(
      "li",
      settings,
      row.user ? avatar(row.user.id, row.name, row.user.is_bot) : null,
      el("strong", row.name),
      row.usage ? el("span.usage", ` ${row.usage}`) : null,
      row.hint ? el("span.hint", ` ${row.hint}`) : null,
    );
    node.addEventListener("mousedown", (event) => {
      event.preventDefault();
      if (row.take) this.#take(row);
    });
    return node;
  }
}

/** People whose name or handle begins so; those of the open channel first. */
function matching(app, part) {
  const { world } = app;
  const inside = new Set(world.channel(app.place)?.members || []);
  const begins = (words) => words.toLowerCase().split(/\s+/).some((word) => word.startsWith(part));
  const fits = (user) => begins(user.name) || begins(world.nameOf(user));
  const found = world.people.concat(world.bot || []).filter(fits);
  return [
    ...found.filter((user) => inside.has(user.id)),
    ...found.filter((user) => !inside.has(user.id)),
  ].slice(0, MOST);
}

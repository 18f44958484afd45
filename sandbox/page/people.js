// The field in which one chooses who to be: people by company, found by name.

import { read } from "./api.js";
import { el, freshId, reached } from "./dom.js";
import { avatar } from "./faces.js";
import { popup } from "./popup.js";

const MOST = 40; // people offered at once; the rest is found by name
const MOST_OF_ONE = 8; // of each company while nothing is typed

/** `node` is the field with its list; `update()` brings both up to date. */
export function peoplePicker(app) {
  return new Picker(app);
}

class Picker {
  #found = [];
  #at = -1;
  #query = null; // what was typed; null while the list is closed

  constructor(app) {
    this.app = app;
    this.list = el("ul", {
      class: "people-list",
      role: "listbox",
      "aria-label": "People",
      id: freshId("people"),
    });
    this.box = el("input", {
      class: "people",
      role: "combobox",
      "aria-label": "You are",
      "aria-expanded": "false",
      "aria-controls": this.list.id,
      "aria-autocomplete": "list",
      title: "Type a name or a company",
      autocomplete: "off",
      spellcheck: "false",
    });
    this.node = el("span.people-field", this.box, this.list);
    this.popup = popup(this.node, this.list, {
      width: 320,
      height: 460,
      onChange: (isOpen) => this.box.setAttribute("aria-expanded", String(isOpen)),
    });
    this.#listen();
  }

  update() {
    if (this.#query === null) this.#rest();
  }

  #listen() {
    const { box } = this;
    // The field's label would open the list again.
    this.list.addEventListener("click", (event) => event.preventDefault());
    box.addEventListener("focus", () => this.#open());
    box.addEventListener("click", () => this.#open());
    box.addEventListener("blur", () => this.#close());
    box.addEventListener("input", () => this.#typed());
    box.addEventListener("keydown", (event) => this.#key(event));
  }

  /** The field says who one is. */
  #rest() {
    const { viewer } = this.app.world;
    this.box.value = viewer ? lineOf(viewer, this.app.world) : "";
    this.box.placeholder = "";
  }

  /** An empty field offers everybody; who one is shows through. */
  #open() {
    if (this.#query !== null || !this.app.world) return;
    this.box.placeholder = this.box.value;
    this.box.value = "";
    this.#find("");
  }

  #close() {
    this.#query = null;
    this.popup.close();
    if (this.app.world) this.#rest();
  }

  #typed() {
    const exact = this.app.world.people.find(
      (user) => lineOf(user, this.app.world) === this.box.value,
    );
    if (exact) this.#take(exact);
    else this.#find(this.box.value.trim().toLowerCase());
  }

  #find(typed) {
    this.#query = typed;
    const { found, more } = matching(this.app.world, typed);
    this.#found = found;
    this.#at = typed && found.length ? 0 : -1;
    this.#draw(more);
    this.popup.open();
    this.#showUnread();
  }

  #draw(more) {
    const { world } = this.app;
    const nodes = [];
    let team = null;
    this.#found.forEach((user, index) => {
      if (user.team_id !== team) nodes.push(companyHead(world, user.team_id));
      team = user.team_id;
      nodes.push(this.#option(user, index));
    });
    if (!nodes.length) nodes.push(el("li.people-note", "Nobody here is called that."));
    if (more)
      nodes.push(el("li.people-note", `and ${more} more: type a name or a company`));
    this.list.replaceChildren(...nodes);
    this.#mark();
  }

  #option(user, index) {
    const { world } = this.app;
    const node = el(
      "li",
      {
        role: "option",
        id: `${this.list.id}-${index}`,
        "aria-label": lineOf(user, world),
        "aria-current": user.id === this.app.viewerId ? "true" : null,
      },
      avatar(user.id, world.nameOf(user)),
      el("span", { class: "people-name", dir: "auto" }, world.nameOf(user)),
      el("span.people-about", user.guest ? `@${user.name}, guest` : `@${user.name}`),
    );
    node.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      this.#take(user);
    });
    return node;
  }

  /** How much waits for each of them. */
  async #showUnread() {
    const found = this.#found;
    const marks = await Promise.all(found.map(({ id }) => read("marks", { user: id }))).catch(() => []);
    if (found !== this.#found) return;
    marks.forEach(({ channels }, index) => {
      const sum = Object.values(channels).reduce((all, one) => all + one.unread, 0);
      const node = this.list.querySelector(`#${this.list.id}-${index}`);
      if (sum) node?.append(el("span", { class: "badge", title: `${sum} unread` }, String(sum)));
    });
  }

  #mark() {
    const options = [...this.list.querySelectorAll('[role="option"]')];
    options.forEach((node, index) =>
      node.setAttribute("aria-selected", String(index === this.#at)),
    );
    const chosen = options[this.#at];
    reached(this.box, chosen);
  }

  #key(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key === "Tab") this.#close(); // else the list itself would be next
    if (steps[event.key]) this.#step(steps[event.key]);
    else if (event.key === "Escape") this.box.blur();
    else if (event.key === "Enter") this.#enter();
    else return;
    event.preventDefault();
  }

  #step(step) {
    if (this.#query === null) this.#open();
    const count = this.#found.length;
    const from = this.#at === -1 && step < 0 ? 0 : this.#at;
    if (count) this.#at = (from + step + count) % count;
    this.#mark();
  }

  #enter() {
    const typed = this.box.value.trim();
    const user = this.#found[this.#at];
    if (user) this.#take(user);
    else if (typed) this.app.screen.toast(`Nobody here is called ${typed}.`);
  }

  #take(user) {
    this.box.blur();
    this.app.become(user.id);
  }
}

const companyHead = (world, teamId) =>
  el("li", { class: "people-head", role: "presentation" }, world.team(teamId)?.name || teamId);

/**
 * Who may be meant (`found`), by company, and how many more there are: those whose handle or name begins
 * so come first in theirs.
 */
function matching(world, typed) {
  const rank = (user) => {
    if (user.name.toLowerCase() === typed) return 0;
    if (world.nameOf(user).toLowerCase().startsWith(typed)) return 1;
    return lineOf(user, world).toLowerCase().includes(typed) ? 2 : 3;
  };
  const teams = world.facts.teams.map((team) =>
    world.people
      .filter((user) => user.team_id === team.id)
      .map((user) => ({ user, rank: typed ? rank(user) : 1 }))
      .filter((one) => one.rank < 3)
      .sort((one, other) => one.rank - other.rank),
  );
  const best = (team) => team[0]?.rank ?? 3;
  if (typed) teams.sort((one, other) => best(one) - best(other));
  const most = typed ? MOST : MOST_OF_ONE;
  const found = teams.flatMap((team) => team.slice(0, most)).slice(0, MOST);
  return { found: found.map((one) => one.user), more: teams.flat().length - found.length };
}

/** A person on one line; two of one name in one company are told apart. */
function lineOf(user, world) {
  const company = world.team(user.team_id)?.name || user.team_id;
  const handle = world.isTwin(user) ? `, @${user.name}` : "";
  return `${world.nameOf(user)} (${company}${user.guest ? ", guest" : ""}${handle})`;
}

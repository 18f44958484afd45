// The drawer of tools beside the messages: its tabs, which one is open, and what it keeps over a reload.

import { button, iconButton } from "./buttons.js";
import { el, freshId } from "./dom.js";

const KEPT = "drawer";

/**
 * A drawer in `node`. `tabs`: `{id, words, make()}`, where `make` answers `{node, shown(isShown),
 * update()}` and is called when the tab is first opened. `onChange()` is told whenever it opens or
 * closes.
 */
export class Drawer {
  #panels = new Map();
  #opener = null;

  constructor(node, tabs, onChange) {
    this.node = node;
    this.tabs = tabs;
    this.onChange = onChange;
    this.open = null; // the id of the open tab
    this.#build();
  }

  /** Opens what was open before a reload. */
  restore() {
    const kept = sessionStorage.getItem(KEPT);
    if (this.tabs.some((tab) => tab.id === kept)) this.show(kept, { isFocused: false });
  }

  show(id, { isFocused = true } = {}) {
    if (!this.open) this.#opener = document.activeElement;
    if (this.open && this.open !== id) this.#panels.get(this.open).shown(false);
    this.open = id;
    this.node.hidden = false;
    sessionStorage.setItem(KEPT, id);
    for (const tab of this.tabs) this.#mark(tab, tab.id === id);
    this.#panelOf(id).shown(true);
    if (isFocused) this.buttons.get(id).focus();
    this.onChange();
  }

  close() {
    if (!this.open) return;
    const hadFocus = this.node.contains(document.activeElement);
    this.#panels.get(this.open).shown(false);
    this.open = null;
    this.node.hidden = true;
    sessionStorage.removeItem(KEPT);
    if (hadFocus && this.#opener?.isConnected) this.#opener.focus();
    this.onChange();
  }

  /** Brings what is open up to date. */
  update() {
    this.#panels.get(this.open)?.update();
  }

  toggle() {
    if (this.open) this.close();
    else this.show(this.last || this.tabs[0].id);
  }

  #build() {
    const list = el("div", { class: "tabs", role: "tablist", "aria-label": "Tools" });
    this.buttons = new Map();
    this.bodies = new Map();
    for (const tab of this.tabs) {
      const body = el("div", {
        class: "panel",
        role: "tabpanel",
        id: freshId("panel"),
        tabindex: "-1",
        hidden: true,
      });
      const opener = button(
        { role: "tab", id: freshId("tab"), "aria-controls": body.id },
        () => this.show(tab.id),
        tab.words,
      );
      body.setAttribute("aria-labelledby", opener.id);
      this.buttons.set(tab.id, opener);
      this.bodies.set(tab.id, body);
      list.append(opener);
    }
    const close = iconButton("close", "Close the tools", () => this.close());
    list.addEventListener("keydown", (event) => this.#onKey(event));
    this.node.append(el("header.drawer-head", list, close), ...this.bodies.values());
    this.node.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented) this.close();
    });
  }

  #onKey(event) {
    const ids = this.tabs.map((tab) => tab.id);
    const at = ids.indexOf(this.open);
    const to = {
      ArrowRight: (at + 1) % ids.length,
      ArrowLeft: (at - 1 + ids.length) % ids.length,
      Home: 0,
      End: ids.length - 1,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.show(ids[to]);
  }

  #mark(tab, isOpen) {
    const opener = this.buttons.get(tab.id);
    opener.setAttribute("aria-selected", String(isOpen));
    opener.tabIndex = isOpen ? 0 : -1;
    this.bodies.get(tab.id).hidden = !isOpen;
    if (isOpen) this.last = tab.id;
  }

  #panelOf(id) {
    if (!this.#panels.has(id)) {
      const panel = this.tabs.find((tab) => tab.id === id).make();
      this.bodies.get(id).append(panel.node);
      this.#panels.set(id, panel);
    }
    return this.#panels.get(id);
  }
}

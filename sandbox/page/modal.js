// One modal: its head, its blocks, its buttons, and what happens when it is sent or closed.

import { blockItems } from "./blocks.js";
import { button, iconButton } from "./buttons.js";
import { el } from "./dom.js";
import { viewHost } from "./hosts.js";
import { inspectButton } from "./inspect.js";
import { reconcile } from "./reconcile.js";
import { withEmoji } from "./texts.js";

const TROUBLE = "We had some trouble connecting. Try again?"; // Slack's own words
const CONTROL = "input, select, textarea, button, summary";

export class Modal {
  #errors = {};
  #isSending = false;
  #focused = null;
  #scrolled = 0;

  constructor(app, viewId) {
    this.app = app;
    this.viewId = viewId;
    this.title = el("h2", { id: `title-${viewId}` });
    this.head = el("header");
    this.body = el("div", { class: "modal-body", tabindex: "-1" });
    this.trouble = el("p", { class: "modal-trouble", role: "alert", hidden: true }, TROUBLE);
    this.foot = el("footer");
    this.form = el(
      "form",
      { novalidate: true, autocomplete: "off", class: "modal-form" },
      ...[this.head, this.body, this.trouble, this.foot],
    );
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.form.addEventListener("keydown", (event) => this.#key(event));
    this.dialog = el(
      "dialog",
      { class: "modal", "aria-labelledby": this.title.id, "data-view-id": viewId },
      this.form,
    );
    this.dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.#close();
    });
    // Browsers close a dialog without asking when Escape comes twice.
    this.dialog.addEventListener("close", () => this.isShown && this.#close());
  }

  /** Draws `view`, which stands in `stack`; only the last of it is shown. */
  update(view, stack) {
    const { app } = this;
    this.view = view;
    this.stack = stack;
    this.title.replaceChildren(withEmoji(view.title));
    this.#drawFrame();
    const host = viewHost(app, view, this.#errors);
    const { viewer, zone } = app.world;
    const state = (block) => [viewer.id, zone, app.world.today(), this.#errors[block.block_id]];
    reconcile(this.body, blockItems(view.blocks, host, state));
    if (stack.at(-1) === view) this.#show();
    else this.#hide();
  }

  remove() {
    this.isShown = false;
    this.dialog.close();
    this.dialog.remove();
  }

  #drawFrame() {
    const { view, stack } = this;
    const key = JSON.stringify([view.submit, view.close, stack.length, stack.indexOf(view)]);
    if (this.frameKey === key) return;
    this.frameKey = key;
    const isPushed = stack.indexOf(view) > 0;
    this.head.replaceChildren(
      ...(isPushed ? [iconButton("back", "Back", () => this.#close())] : []),
      this.title,
      inspectButton(this.app, "modal", () => this.view, "modal"),
      iconButton("close", "Close", () => this.#close(stack[0])),
    );
    const words = view.close ? withEmoji(view.close) : "Cancel";
    const cancel = button({ class: "button" }, () => this.#close(), words);
    this.send = view.submit
      ? el(
          "button",
          { type: "submit", class: "button primary" },
          el("span.button-words", withEmoji(view.submit)),
        )
      : null;
    this.foot.replaceChildren(...[cancel, this.send].filter(Boolean));
  }

  #show() {
    if (this.dialog.open) return;
    const isNew = !this.dialog.isConnected;
    if (isNew) document.body.append(this.dialog);
    this.dialog.showModal();
    this.isShown = true;
    this.body.scrollTop = this.#scrolled;
    if (isNew || !this.#focused?.isConnected) this.#focusFirst();
    else this.#focused.focus();
  }

  /** One that lies under another keeps its place and its focus for when it is back. */
  #hide() {
    if (!this.dialog.open) return;
    this.#scrolled = this.body.scrollTop;
    if (this.dialog.contains(document.activeElement)) this.#focused = document.activeElement;
    this.isShown = false;
    this.dialog.close();
  }

  #focusFirst() {
    const wanted = this.dialog.querySelector("[autofocus]");
    const first = this.body.querySelector("input, select, textarea");
    (wanted || first || this.body).focus();
  }

  #focusProblem() {
    const wrong = this.body.querySelector("[aria-invalid]");
    (wrong?.matches(CONTROL) ? wrong : wrong?.querySelector(CONTROL))?.focus();
  }

  #key(event) {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.#close();
    }
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !this.send) return;
    event.preventDefault();
    this.form.requestSubmit(this.send);
  }

  async #close(view = this.view) {
    const body = { user: this.app.world.viewer.id, view_id: view.id };
    // Pressed twice, or closed by the app meanwhile: it is closed, which is what was wanted. And an
    // app that does not answer does not keep it open.
    await this.app.act("close", body, null, ["view_not_found"]);
  }

  async #submit() {
    if (!this.send || this.#isSending) return;
    const { app, viewId } = this;
    this.#isSending = true;
    this.trouble.hidden = true;
    const body = { user: app.world.viewer.id, view_id: viewId, values: app.typedIn(viewId) };
    // Slack says on the form itself that the app did not answer.
    const answer = await app.act("submit", body, this.send, ["operation_timeout"]);
    this.#isSending = false;
    this.trouble.hidden = Boolean(answer?.action || answer?.errors);
    this.#errors = answer?.errors || {};
    if (!this.dialog.isConnected) return;
    this.update(this.view, this.stack);
    this.#focusProblem();
  }
}

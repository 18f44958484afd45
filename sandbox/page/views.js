// Draws an app's views: its Home tab and its modals.

import { drawBlocks } from "./blocks.js";
import { el } from "./dom.js";
import { viewHost } from "./hosts.js";
import { icon } from "./icons.js";
import { reconcile } from "./reconcile.js";
import { withEmoji } from "./texts.js";

/** Brings the Home tab in `node` up to date. */
export function drawHome(app, node) {
  const view = app.views.home;
  const draw = () =>
    view
      ? el("div", { class: "home" }, drawBlocks(view.blocks, viewHost(app, view)))
      : el("p", { class: "empty" }, "The app has not published a Home tab for you.");
  reconcile(node, [{ id: "home", key: JSON.stringify([view, app.world.viewer?.id]), draw }]);
}

let shown = null; // {dialog, key}
const problems = new Map(); // view id -> {block id: sentence}

/** Brings the modal on top up to date; closes it when the app's stack is empty. */
export function drawModal(app) {
  const stack = app.views.modals || [];
  const view = stack.at(-1);
  const errors = problems.get(view?.id) || {};
  const key = view
    ? JSON.stringify([
        view.id,
        view.hash,
        view.blocks,
        view.title,
        errors,
        stack.length,
        app.world.viewer.id,
      ])
    : null;
  if (shown?.key === key) return;
  const isSame = shown?.viewId === view?.id;
  const focus = isSame && shown ? focusKey(shown.dialog) : null;
  shown?.dialog.remove();
  shown = view ? { key, viewId: view.id, dialog: dialogOf(app, view, errors) } : null;
  if (!shown) return;
  document.body.append(shown.dialog);
  shown.dialog.showModal();
  focusIn(shown.dialog, focus, Object.keys(errors).length > 0);
}

const blockOf = (node) => node?.closest("[data-block-id]")?.dataset.blockId;

function focusKey(dialog) {
  return dialog.contains(document.activeElement) ? blockOf(document.activeElement) : null;
}

function focusIn(dialog, blockId, hasErrors) {
  const control = "input, select, textarea, button, summary";
  const invalid = hasErrors ? dialog.querySelector("[aria-invalid]") : null;
  const same = blockId
    ? dialog.querySelector(`[data-block-id="${CSS.escape(blockId)}"]`)?.querySelector(control)
    : null;
  const first =
    dialog.querySelector("[autofocus]") ||
    dialog.querySelector(".modal-body :is(input, select, textarea)");
  const target = invalid || same || first;
  (target?.matches(control) ? target : target?.querySelector(control) || target)?.focus();
}

function dialogOf(app, view, errors) {
  const titleId = `title-${view.id}`;
  const close = () => closeView(app, view);
  const form = el("form", { novalidate: true, autocomplete: "off", class: "modal-form" });
  const send = view.submit
    ? el("button", { type: "submit", class: "button primary" }, withEmoji(view.submit))
    : null;
  form.append(
    el(
      "header",
      {},
      el("h2", { id: titleId }, withEmoji(view.title)),
      el(
        "button",
        { type: "button", class: "icon-button", "aria-label": "Close", on: { click: close } },
        icon("close"),
      ),
    ),
    el("div", { class: "modal-body" }, drawBlocks(view.blocks, viewHost(app, view, errors))),
    el(
      "footer",
      {},
      el(
        "button",
        { type: "button", class: "button", on: { click: close } },
        view.close ? withEmoji(view.close) : "Cancel",
      ),
      send,
    ),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (send) submit(app, view, send);
  });
  const dialog = el(
    "dialog",
    { class: "modal", "aria-labelledby": titleId, "data-view-id": view.id },
    form,
  );
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    close();
  });
  return dialog;
}

function closeView(app, view) {
  problems.delete(view.id);
  const body = { user: app.world.viewer.id, view_id: view.id };
  // Pressed twice, or closed by the app meanwhile: it is closed, which is what was wanted.
  return app.act("close", body, null, ["view_not_found"]);
}

async function submit(app, view, button) {
  const body = { user: app.world.viewer.id, view_id: view.id, values: app.typedIn(view.id) };
  const answer = await app.act("submit", body, button);
  if (!answer) return;
  problems.set(view.id, answer.errors || {});
  drawModal(app);
}

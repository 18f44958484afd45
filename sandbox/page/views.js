// Draws an app's views: its Home tab, and its modals as far as they are not those of modal.js.

import { blockItems } from "./blocks.js";
import { el } from "./dom.js";
import { viewHost } from "./hosts.js";
import { Modal } from "./modal.js";
import { reconcile } from "./reconcile.js";

/** Brings the Home tab in `node` up to date; blocks that did not change stay as they are. */
export function drawHome(app, node) {
  const view = app.views.home;
  const frame = node.querySelector(".home") || el("div.home");
  if (!frame.isConnected) node.replaceChildren(frame);
  const state = () => whoLooks(app);
  reconcile(frame, view ? blockItems(view.blocks, viewHost(app, view), state) : [nothing]);
}

const nothing = {
  id: "nothing",
  key: "nothing",
  draw: () => el("p.empty", "The app has not published a Home tab for you."),
};

/** What blocks show differs by who looks, and by that person's zone and day (today, tomorrow). */
const whoLooks = (app) => [app.world.viewer?.id, app.world.zone, app.world.today()];

const open = new Map(); // view id -> its Modal, the lowest first
let opener = null; // where the focus was before the first one opened

/** Brings the modals up to date with the app's stack: the top one is shown. */
export function drawModal(app) {
  const stack = app.views.modals || [];
  const isFirst = open.size === 0 && stack.length > 0;
  if (isFirst) opener = placeOf(document.activeElement);
  const kept = new Set(stack.map((view) => view.id));
  for (const [id, modal] of open) {
    if (kept.has(id)) continue;
    modal.remove();
    open.delete(id);
  }
  stack.forEach((view) => {
    if (!open.has(view.id)) open.set(view.id, new Modal(app, view.id));
    open.get(view.id).update(view, stack);
  });
  if (!stack.length && opener) focusAgain();
}

/** Where a control stands, so that it is found again when it was drawn anew. */
function placeOf(node) {
  const block = node?.closest("[data-block-id]");
  if (!block) return { node, path: "" };
  const message = node.closest("[data-ts]")?.dataset.ts;
  const steps = [
    message ? `[data-ts="${CSS.escape(message)}"]` : "",
    `[data-block-id="${CSS.escape(block.dataset.blockId)}"]`,
    `[data-action-id="${CSS.escape(node.closest("[data-action-id]")?.dataset.actionId || "")}"]`,
  ];
  return { node, path: steps.join(" ") };
}

function focusAgain() {
  const { node, path } = opener;
  opener = null;
  if (node?.isConnected) node.focus();
  else if (path) document.querySelector(path)?.focus();
}

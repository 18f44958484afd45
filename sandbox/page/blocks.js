// Draws Block Kit blocks. What happens in them is handed to a `host` (see hosts.js).

import { chart } from "./chart.js";
import { el, freshId } from "./dom.js";
import { element } from "./elements.js";
import { isOwn, picture, sourceOf } from "./pictures.js";
import { richText } from "./richtext.js";
import { dataTable, table } from "./table.js";
import { text, withEmoji } from "./texts.js";

/** The nodes of a list of blocks; tables come last, where Slack draws them. */
export function drawBlocks(blocks, host) {
  return inOrder(blocks).map((block) => drawBlock(block, host));
}

/** The blocks as items for `reconcile`, each drawn anew only when it, or `state(block)`, changes. */
export function blockItems(blocks, host, state = () => null) {
  return inOrder(blocks).map((block, index) => ({
    id: block.block_id || `block-${index}`,
    key: JSON.stringify([block, state(block)]),
    draw: () => drawBlock(block, host),
  }));
}

function inOrder(blocks) {
  const isTable = (block) => block.type === "table";
  return [...blocks.filter((block) => !isTable(block)), ...blocks.filter(isTable)];
}

function drawBlock(block, host) {
  const draw = Object.hasOwn(BLOCKS, block.type) ? BLOCKS[block.type] : unknown;
  const node = draw(block, host);
  node.classList.add("block", `block-${draw === unknown ? "unknown" : block.type}`);
  if (block.block_id) node.dataset.blockId = block.block_id;
  return node;
}

const BLOCKS = {
  section,
  context,
  input,
  image,
  actions,
  header: (block) => el("h3", { dir: "auto" }, withEmoji(block.text)),
  divider: () => el("hr"),
  table: (block, host) => table(block, host.world),
  data_table: (block, host) => dataTable(block, host.world),
  data_visualization: chart,
  rich_text: (block, host) => richText(block, host.world),
  alert: (block, host) =>
    el(
      "div",
      { class: `level-${block.level || "default"}`, role: "note" },
      text(block.text, host.world),
    ),
  markdown: (block) => el("div", el("div", { class: "plain", dir: "auto" }, block.text)),
};

function actions(block, host) {
  const elements = block.elements.map((one) => element(one, block, host));
  return el("div", { role: "group", "aria-label": "Actions" }, elements);
}

function section(block, host) {
  const fields = (block.fields || []).map((field) =>
    el("div.section-field", text(field, host.world)),
  );
  const words = el(
    "div.words",
    text(block.text, host.world),
    fields.length ? el("div.fields", fields) : null,
  );
  const beside = block.accessory
    ? el("div.accessory", element(block.accessory, block, host))
    : null;
  return el("div", words, beside);
}

function context(block, host) {
  const items = block.elements.map((one) =>
    one.type === "image" ? picture(one, "small") : text(one, host.world),
  );
  return el("div", items.map((item) => el("span.context-item", item)));
}

function image(block) {
  const caption = block.title ? el("figcaption", withEmoji(block.title)) : null;
  if (isOwn(block)) return el("figure", caption, picture(block));
  const source = el("code.source", sourceOf(block));
  return el("figure", caption, el("div.frame", picture(block), source));
}

function input(block, host) {
  const id = freshId("field");
  const isGroup = ["checkboxes", "radio_buttons"].includes(block.element.type);
  const control = element(block.element, block, host, id);
  const field = isGroup ? control : control.querySelector(`#${id}`) || control;
  const label = el(
    isGroup ? "span" : "label",
    { class: "label", id: `${id}-label`, for: isGroup ? null : id, dir: "auto" },
    withEmoji(block.label),
    block.optional ? el("span.optional", " (optional)") : null,
  );
  const told = notes(block, id, host.errors?.[block.block_id]);
  if (isGroup) field.setAttribute("aria-labelledby", label.id);
  if (told.problem) field.setAttribute("aria-invalid", "true");
  if (!block.optional) field.setAttribute("aria-required", "true");
  const ids = [told.problem, told.hint].filter(Boolean).map((node) => node.id);
  if (ids.length) field.setAttribute("aria-describedby", ids.join(" "));
  return el("div", label, control, told.problem, told.hint);
}

function notes(block, id, sentence) {
  const problem = sentence
    ? el("div", { class: "problem", id: `${id}-problem`, role: "alert", dir: "auto" }, sentence)
    : null;
  const hint = block.hint
    ? el("div", { class: "hint", id: `${id}-hint`, dir: "auto" }, withEmoji(block.hint))
    : null;
  return { problem, hint };
}

function unknown(block) {
  return el(
    "details",
    el("summary", `A block of type "${block.type}", which this page does not draw`),
    el("pre", { dir: "ltr" }, JSON.stringify(block, null, 2)),
  );
}

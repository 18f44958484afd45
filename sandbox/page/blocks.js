// Draws Block Kit blocks. What happens in them is handed to a `host` (see hosts.js).

import { el, freshId } from "./dom.js";
import { element } from "./elements.js";
import { richText } from "./richtext.js";
import { picture, text, withEmoji } from "./texts.js";

/** The nodes of a list of blocks; tables come last, where Slack draws them. */
export function drawBlocks(blocks, host) {
  const isTable = (block) => block.type === "table";
  const ordered = [...blocks.filter((block) => !isTable(block)), ...blocks.filter(isTable)];
  return ordered.map((block) => drawBlock(block, host));
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
  table,
  image,
  header: (block) => el("h3", {}, withEmoji(block.text)),
  divider: () => el("hr"),
  actions: (block, host) =>
    el(
      "div",
      { role: "group" },
      block.elements.map((one) => element(one, block, host)),
    ),
  rich_text: (block, host) => richText(block, host.world),
  alert: (block, host) =>
    el(
      "div",
      { class: `level-${block.level || "default"}`, role: "note" },
      text(block.text, host.world),
    ),
  markdown: (block) => el("div", {}, el("div", { class: "plain" }, block.text)),
};

function section(block, host) {
  const words = el("div", { class: "words" }, text(block.text, host.world));
  if (block.fields) {
    words.append(
      el(
        "div",
        { class: "fields" },
        block.fields.map((field) => el("div", {}, text(field, host.world))),
      ),
    );
  }
  const beside = block.accessory
    ? el("div", { class: "accessory" }, element(block.accessory, block, host))
    : null;
  return el("div", {}, words, beside);
}

function context(block, host) {
  const items = block.elements.map((one) =>
    one.type === "image" ? picture(one) : text(one, host.world),
  );
  return el(
    "div",
    {},
    items.map((item) => el("span", { class: "context-item" }, item)),
  );
}

function image(block) {
  const caption = block.title ? el("figcaption", {}, withEmoji(block.title)) : null;
  const source = el(
    "code",
    { class: "source" },
    block.image_url || block.slack_file?.url || block.slack_file?.id || "",
  );
  return el("figure", {}, caption, el("div", { class: "frame" }, picture(block), source));
}

function input(block, host) {
  const id = freshId("field");
  const isGroup = ["checkboxes", "radio_buttons"].includes(block.element.type);
  const control = element(block.element, block, host, id);
  const label = el(
    isGroup ? "span" : "label",
    { class: "label", id: `${id}-label`, for: isGroup ? null : id },
    withEmoji(block.label),
    block.optional ? el("span", { class: "optional" }, " (optional)") : null,
  );
  if (isGroup) control.setAttribute("aria-labelledby", `${id}-label`);
  const hint = block.hint
    ? el("div", { class: "hint", id: `${id}-hint` }, withEmoji(block.hint))
    : null;
  if (hint) control.setAttribute("aria-describedby", hint.id);
  const problem = host.errors?.[block.block_id];
  if (problem) control.setAttribute("aria-invalid", "true");
  return el(
    "div",
    {},
    label,
    control,
    problem ? el("div", { class: "problem", role: "alert" }, problem) : null,
    hint,
  );
}

function table(block, host) {
  const settings = block.column_settings || [];
  const rows = block.rows.map((row, index) =>
    el(
      "tr",
      {},
      row.map((cell, column) => tableCell(cell, settings[column], index === 0, host.world)),
    ),
  );
  const body = [el("thead", {}, rows[0]), el("tbody", {}, rows.slice(1))];
  return el(
    "div",
    { class: "table-frame", tabindex: "0", role: "region", "aria-label": "Table" },
    el("table", {}, body),
  );
}

function tableCell(cell, settings, isHead, world) {
  const content =
    cell.type === "rich_text" ? richText(cell, world) : String(cell.text ?? cell.value ?? "");
  const node = el(isHead ? "th" : "td", { scope: isHead ? "col" : null }, content);
  node.style.textAlign = settings?.align || "left";
  if (!settings?.is_wrapped) node.classList.add("one-line");
  return node;
}

function unknown(block) {
  return el(
    "details",
    {},
    el("summary", {}, `A block of type "${block.type}", which this page does not draw`),
    el("pre", {}, JSON.stringify(block, null, 2)),
  );
}

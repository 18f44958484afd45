// Draws tables: Slack's table block, its data table with pages and sorting, and plain figures.

import { el } from "./dom.js";
import { plainOfRich, richText } from "./richtext.js";

/** The node of a table block; its first row is the head. */
export function table(block, world) {
  const settings = block.column_settings || [];
  const cells = (row, tag) =>
    el("tr", row.map((cell, column) => drawCell(cell, { tag, settings: settings[column], world })));
  const [head, ...rows] = block.rows;
  return framed("Table", [
    el("thead", cells(head, "th")),
    el("tbody", rows.map((row) => cells(row, "td"))),
  ]);
}

/** A table of words and figures: a head, and rows of which the first cell names the row. */
export function plainTable(name, head, rows) {
  const side = (cell, index) =>
    index ? el("td.number", cell) : el("th", { scope: "row" }, cell);
  return framed(name, [
    el(
      "thead",
      el(
        "tr",
        head.map((cell) => el("th", { scope: "col" }, cell)),
      ),
    ),
    el("tbody", rows.map((row) => el("tr", row.map(side)))),
  ]);
}

/** A frame that scrolls by itself when the table is wider than its place. */
function framed(name, children) {
  return el(
    "div",
    { class: "table-frame", tabindex: "0", role: "region", "aria-label": name },
    el("table", children),
  );
}

function drawCell(cell, { tag, settings, world, isName = false }) {
  const scope = tag === "th" ? "col" : isName ? "row" : null;
  const node = el(isName ? "th" : tag, { scope, dir: "auto" }, contentOf(cell, world));
  const align = settings?.align || (cell.type === "raw_number" && tag === "td" ? "right" : "left");
  node.classList.add(`align-${align}`);
  // Slack: cells wrap only where the column says so.
  if (!settings?.is_wrapped) node.classList.add("one-line");
  return node;
}

const contentOf = (cell, world) =>
  cell.type === "rich_text" ? richText(cell, world) : wordsOf(cell);

const wordsOf = (cell) =>
  cell.type === "rich_text" ? plainOfRich(cell) : String(cell.text ?? cell.value ?? "");

const PAGE = 5; // Slack: a data table shows five rows at a time, unless it says otherwise

/** The node of a data table: sorted by pressing a column's head, a page at a time. */
export function dataTable(block, world) {
  const state = { sorted: null, isDown: false, page: 0 };
  const node = el("div");
  const draw = (focus) => {
    node.replaceChildren(...dataTableParts(block, world, state, draw));
    if (focus) node.querySelector(`[data-part="${focus}"]`)?.focus();
  };
  draw();
  return node;
}

function dataTableParts(block, world, state, draw) {
  const [head, ...rows] = block.rows;
  const size = block.page_size || PAGE;
  const shown = sorted(rows, state).slice(state.page * size, (state.page + 1) * size);
  const name = block.row_header_column_index ?? 0;
  const line = (row) =>
    el("tr", row.map((cell, at) => drawCell(cell, { tag: "td", world, isName: at === name })));
  const frame = framed(block.caption, [
    el("caption", { dir: "auto" }, block.caption),
    el(
      "thead",
      el(
        "tr",
        head.map((cell, at) => sorter(cell, at, state, draw)),
      ),
    ),
    el("tbody", shown.map(line)),
  ]);
  return rows.length > size ? [frame, pager(rows.length, size, state, draw)] : [frame];
}

function sorted(rows, { sorted: column, isDown }) {
  if (column === null) return rows;
  const value = (row) => {
    const cell = row[column];
    return cell.type === "raw_number" ? cell.value : wordsOf(cell);
  };
  const compare = (one, other) =>
    typeof one === "number" && typeof other === "number"
      ? one - other
      : String(one).localeCompare(String(other), "en", { numeric: true });
  return rows.toSorted((one, other) => compare(value(one), value(other)) * (isDown ? -1 : 1));
}

function sorter(cell, at, state, draw) {
  const isSorted = state.sorted === at;
  const press = () => {
    Object.assign(state, { sorted: at, isDown: isSorted && !state.isDown, page: 0 });
    draw(`sort-${at}`);
  };
  const sign = isSorted ? (state.isDown ? " ↓" : " ↑") : "";
  const button = el(
    "button",
    { type: "button", class: "sorter", "data-part": `sort-${at}`, on: { click: press } },
    wordsOf(cell),
    el("span", { "aria-hidden": "true" }, sign),
  );
  const order = isSorted ? (state.isDown ? "descending" : "ascending") : null;
  return el("th", { scope: "col", "aria-sort": order, dir: "auto" }, button);
}

function pager(total, size, state, draw) {
  const last = Math.ceil(total / size) - 1;
  const first = state.page * size;
  const turn = (words, step, isOff) =>
    el(
      "button",
      {
        type: "button",
        class: "button",
        disabled: isOff,
        "data-part": words,
        on: { click: () => ((state.page += step), draw(words)) },
      },
      words,
    );
  return el(
    "div.pager",
    turn("Previous", -1, state.page === 0),
    el("span", { role: "status" }, `${first + 1} to ${Math.min(first + size, total)} of ${total}`),
    turn("Next", 1, state.page === last),
  );
}

// Draws rich_text blocks.

import { slackDate } from "./dates.js";
import { el } from "./dom.js";
import { emoji, hasGlyph } from "./emoji.js";
import { link } from "./links.js";
import { channel, person, timeNode } from "./mrkdwn.js";

/** The node of a rich_text block. */
export function richText(block, world) {
  return el("div.rich", (block.elements || []).map((part) => partNode(part, world)));
}

/** The words of a rich_text block without its styles, a line for each part. */
export function plainOfRich({ elements = [] }) {
  const words = (part) =>
    (part.elements || [])
      .map((one) => (one.elements ? `• ${words(one)}\n` : (one.text ?? one.url ?? "")))
      .join("")
      .replace(/\n$/, "");
  return elements.map(words).join("\n");
}

function partNode(part, world) {
  const inner = () => (part.elements || []).map((one) => inlineNode(one, world));
  const bordered = part.border ? "bordered" : null;
  if (part.type === "rich_text_list") return list(part, world);
  if (part.type === "rich_text_quote")
    return el("blockquote", { class: bordered, dir: "auto" }, inner());
  if (part.type === "rich_text_preformatted")
    return el("pre", { dir: "ltr", "data-language": part.language }, inner());
  return el("div", { class: "lines", dir: "auto" }, inner());
}

const SIGNS = {
  bullet: ["disc", "circle", "square"],
  ordered: ["decimal", "lower-alpha", "lower-roman"],
};

function list(part, world) {
  const items = (part.elements || []).map((item) => el("li", partNode(item, world)));
  const isOrdered = part.style === "ordered";
  const indent = part.indent || 0;
  const node = el(
    isOrdered ? "ol" : "ul",
    {
      class: part.border ? "bordered" : null,
      start: isOrdered && part.offset ? part.offset + 1 : null,
      dir: "auto",
    },
    items,
  );
  node.style.marginInlineStart = `${indent * 1.5}rem`;
  node.style.listStyleType = (SIGNS[part.style] || SIGNS.bullet)[indent % 3];
  return node;
}

const WRAPS = [
  ["code", "code"],
  ["bold", "strong"],
  ["italic", "em"],
  ["strike", "s"],
  ["underline", "u"],
  ["highlight", "mark"],
  ["client_highlight", "mark"],
];

function inlineNode(one, world) {
  const style = one.style || {};
  return WRAPS.reduce(
    (node, [name, tag]) => (style[name] ? el(tag, {}, node) : node),
    bare(one, world),
  );
}

const DRAWN = {
  text: (one) => one.text,
  link: (one, world) => link(one.url, one.text, world),
  emoji: (one) => (hasGlyph(one.name) ? emoji(one.name) : fromCodes(one)),
  user: (one, world) => person(one.user_id, world),
  channel: (one, world) => channel(one.channel_id, world),
  broadcast: (one) => el("span.mention.mine", `@${one.range}`),
  usergroup: (one) => el("span.mention", `@${one.usergroup_id}`),
  team: (one, world) =>
    el("span.mention", `@${world.team(one.team_id)?.name || one.team_id}`),
  color: (one) => color(one.value),
  date: (one, world) => date(one, world),
};

function bare(one, world) {
  return Object.hasOwn(DRAWN, one.type) ? DRAWN[one.type](one, world) : `[${one.type}]`;
}

/** An emoji by its code points, as in "1f44b-1f3fb". */
function fromCodes({ name, unicode = "" }) {
  const codes = unicode.split("-").map((code) => Number.parseInt(code, 16));
  const areCodes = codes.every((code) => code > 0 && code <= 0x10ffff);
  return areCodes ? String.fromCodePoint(...codes) : emoji(name);
}

function color(value) {
  const swatch = el("span", { class: "swatch", "aria-hidden": "true" });
  if (/^#[0-9a-f]{3,8}$/i.test(value)) swatch.style.backgroundColor = value;
  return el("span.color", swatch, value);
}

function date(one, world) {
  const words = slackDate(one.timestamp, one.format, world.zone, world.nowMs());
  if (!words) return one.fallback || "";
  return one.url ? link(one.url, words, world) : timeNode(one.timestamp, words, world, one.fallback);
}

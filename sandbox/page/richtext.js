// Draws rich_text blocks.

import { slackDate } from "./dates.js";
import { el, link } from "./dom.js";
import { emoji } from "./emoji.js";
import { channel, person } from "./mrkdwn.js";

/** The node of a rich_text block. */
export function richText(block, world) {
  return el(
    "div",
    { class: "rich" },
    (block.elements || []).map((part) => partNode(part, world)),
  );
}

function partNode(part, world) {
  const inner = () => (part.elements || []).map((one) => inlineNode(one, world));
  if (part.type === "rich_text_list") return list(part, world);
  if (part.type === "rich_text_quote") return el("blockquote", {}, inner());
  if (part.type === "rich_text_preformatted") return el("pre", {}, inner());
  return el("div", { class: "lines" }, inner());
}

function list(part, world) {
  const items = (part.elements || []).map((item) => el("li", {}, partNode(item, world)));
  const ordered = part.style === "ordered";
  const node = el(
    ordered ? "ol" : "ul",
    { start: ordered && part.offset ? part.offset + 1 : null },
    items,
  );
  node.style.marginInlineStart = `${(part.indent || 0) * 1.5}rem`;
  return node;
}

const WRAPS = [
  ["code", "code"],
  ["bold", "strong"],
  ["italic", "em"],
  ["strike", "s"],
  ["underline", "u"],
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
  link: (one) => link(one.url, one.text),
  emoji: (one) => emoji(one.name),
  user: (one, world) => person(one.user_id, world),
  channel: (one, world) => channel(one.channel_id, world),
  broadcast: (one) => el("span", { class: "mention mine" }, `@${one.range}`),
  usergroup: (one) => el("span", { class: "mention" }, `@${one.usergroup_id}`),
  team: (one, world) =>
    el("span", { class: "mention" }, `@${world.team(one.team_id)?.name || one.team_id}`),
  color: (one) => el("code", {}, one.value),
  date: (one, world) =>
    el("time", {}, slackDate(one.timestamp, one.format, world.zone, world.nowMs())),
};

function bare(one, world) {
  return Object.hasOwn(DRAWN, one.type) ? DRAWN[one.type](one, world) : `[${one.type}]`;
}

// Draws Slack's mrkdwn: from a string with its escapes to nodes.

import { fullMoment, slackDate } from "./dates.js";
import { el } from "./dom.js";
import { emoji, hasGlyph } from "./emoji.js";
import { link } from "./links.js";

/** What `&amp;`, `&lt;` and `&gt;` stand for; Slack knows no other escape. */
export const unescape = (text) =>
  text.replace(/&(amp|lt|gt);/g, (_, name) => ({ amp: "&", lt: "<", gt: ">" })[name]);

/** The three characters that Slack wants escaped, escaped. */
export const escape = (text) =>
  text.replace(/[&<>]/g, (char) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[char]);

/** The nodes of a mrkdwn text. Unless `verbatim`, bare links and @here are found too, as Slack does. */
export function mrkdwn(text, world, { verbatim = false } = {}) {
  const pieces = String(text).split(/```([\s\S]+?)```/);
  return pieces.flatMap((piece, index) =>
    index % 2
      ? [el("pre", plainOf(piece.replace(/^\n|\n$/g, ""), world))]
      : lines(piece, world, verbatim),
  );
}

const QUOTE = /^(?:&gt;|>) ?/;
const QUOTE_ALL = /^(?:&gt;|>){3} ?/; // everything after it is quoted
const BULLET = /^\s*[•◦▪] ?/;

function lines(text, world, verbatim) {
  if (text === "") return [];
  const nodes = [];
  let group = null;
  let isQuoted = false;
  for (const line of text.replace(/^\n|\n$/g, "").split("\n")) {
    isQuoted ||= QUOTE_ALL.test(line);
    const kind = isQuoted ? "quotes" : kindOf(line);
    if (group === null || group.kind !== kind) nodes.push((group = { kind, lines: [] }));
    group.lines.push(line);
  }
  return nodes.flatMap((one) => drawGroup(one, world, verbatim));
}

const kindOf = (line) => (QUOTE.test(line) ? "quote" : BULLET.test(line) ? "bullet" : "line");

function drawGroup({ kind, lines: found }, world, verbatim) {
  const drawn = (line) => inline(line, world, verbatim);
  if (kind.startsWith("quote")) {
    const mark = kind === "quotes" ? QUOTE_ALL : QUOTE;
    const rows = found.map((line) => drawn(line.replace(mark, "")));
    return [el("blockquote", { dir: "auto" }, joined(rows))];
  }
  if (kind === "bullet")
    return [
      el("ul", found.map((line) => el("li", drawn(line.replace(BULLET, ""))))),
    ];
  return [el("div", { class: "lines", dir: "auto" }, joined(found.map(drawn)))];
}

const joined = (rows) => rows.flatMap((row, index) => (index ? [el("br"), ...row] : row));

const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
const STYLES = { "*": "strong", _: "em", "~": "s" };
const TOKEN = new RegExp(
  [
    "`(?<code>[^`\\n]+)`",
    "<(?<angle>[^<>\\n]+)>",
    ":(?<emoji>[a-z0-9_+-]+):(?::skin-tone-(?<tone>[2-6]):)?",
    "(?<![\\p{L}\\p{N}])(?<mark>[*_~])(?!\\s)(?<styled>(?:(?!\\k<mark>)[^\\n])+)(?<!\\s)\\k<mark>(?![\\p{L}\\p{N}])",
    "(?<url>https?://(?:(?!&[lg]t;)[^\\s<>|])+(?<![.,;:!?)\\]]))",
    "(?<![\\p{L}\\p{N}])@(?<all>here|channel|everyone)\\b",
  ].join("|"),
  "gu",
);

function inline(text, world, verbatim) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(TOKEN)) {
    const drawn = token(match.groups, world, verbatim);
    if (drawn === null) continue;
    nodes.push(unescape(text.slice(from, match.index)), drawn);
    from = match.index + match[0].length;
  }
  return [...nodes, unescape(text.slice(from))].filter((node) => node !== "");
}

function token({ code, angle, emoji: name, tone, mark, styled, url, all }, world, verbatim) {
  if (code) return el("code", plainOf(code, world));
  if (angle) return angled(angle, world);
  if (name) return hasGlyph(name) ? emoji(name, tone) : null;
  if (mark) return el(STYLES[mark], {}, inline(styled, world, verbatim));
  if (url && !verbatim) return link(unescape(url), "", world);
  if (all && !verbatim) return mention(`@${all}`, true);
  return null;
}

function angled(content, world) {
  const bar = content.indexOf("|");
  const target = bar < 0 ? content : content.slice(0, bar);
  const label = bar < 0 ? "" : unescape(content.slice(bar + 1));
  if (target.startsWith("@")) return person(target.slice(1), world, label);
  if (target.startsWith("#")) return channel(target.slice(1), world, label);
  if (target.startsWith("!")) return special(target.slice(1), label, world);
  return SCHEME.test(target) ? link(unescape(target), label, world) : unescape(`<${content}>`);
}

function special(target, label, world) {
  const [kind, epoch, pattern, url] = target.split("^");
  if (kind !== "date") return mention(label || `@${kind === "subteam" ? epoch : kind}`, true);
  if (!/^\d+$/.test(epoch) || !pattern) return label || target;
  const words = slackDate(epoch, unescape(pattern), world.zone, world.nowMs());
  return url ? link(unescape(url), words, world) : timeNode(epoch, words, world, label);
}

/** A moment in words; pointing at it shows what the app gave for those who cannot see it so. */
export function timeNode(epoch, words, world, fallback = "") {
  const ms = epoch * 1000;
  const title = fallback || fullMoment(ms, world.zone);
  return el("time", { datetime: new Date(ms).toISOString(), title }, words);
}

const mention = (text, mine) => el("span", { class: mine ? "mention mine" : "mention" }, text);

/** A mention of a person, marked when it is the one who looks. */
export function person(id, world, label = "") {
  const user = world.user(id);
  return mention(`@${user ? world.nameOf(user) : label || id}`, id === world.viewer?.id);
}

/** A mention of a channel. */
export function channel(id, world, label = "") {
  return mention(`#${world.channel(id)?.name || label || id}`, false);
}

const textOf = (drawn) => (typeof drawn === "string" ? drawn : drawn.textContent);

/** The words of a mrkdwn text without its marks, for code. */
function plainOf(text, world) {
  return unescape(text.replace(/<([^<>\n]+)>/g, (_, content) => textOf(angled(content, world))));
}

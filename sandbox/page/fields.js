// Fields to type in: words, numbers, addresses, days and times.

import { epochOf, wallOf } from "./dates.js";
import { el } from "./dom.js";
import { given, startOf } from "./given.js";
import { plainOfRich } from "./richtext.js";

const MOST = 3000; // Slack: a text input holds at most 3000 characters
const PAUSE_MS = 300; // where each character counts, the app is told when the typing pauses

/** A text of one line or several, with what is left of its length. */
export function typed(part) {
  const { one } = part;
  const isLong = one.multiline || one.type === "rich_text_input";
  const start = startOf(part, initialText(one));
  const node = isLong
    ? el("textarea", { ...common(part), rows: 3 })
    : el("input", { ...common(part), type: "text" });
  return typing(part, node, start, (value) => value);
}

const initialText = ({ initial_value: value }) =>
  value && typeof value === "object" ? plainOfRich(value) : value;

/** A number, typed as words: what is no number is said under it. */
export function number(part) {
  const mode = part.one.is_decimal_allowed ? "decimal" : "numeric";
  const node = el("input", { ...common(part), type: "text", inputmode: mode });
  return typing(part, node, startOf(part, part.one.initial_value), (value) => value.trim());
}

/** An address, of mail or of a page. */
export function address(part) {
  const type = part.one.type === "email_text_input" ? "email" : "url";
  const node = el("input", { ...common(part), type });
  return typing(part, node, startOf(part, part.one.initial_value), (value) => value.trim());
}

function common({ one, id, isInput }) {
  return {
    class: "input",
    id,
    placeholder: one.placeholder?.text,
    "aria-label": isInput ? null : one.placeholder?.text || "Text",
    autofocus: Boolean(one.focus_on_load),
    dir: "auto",
  };
}

function typing(part, node, start, read) {
  const { one, block, host } = part;
  node.value = start ?? "";
  const count = counter(one, node);
  const tell = () => given(part, read(node.value), node);
  const waiting = { timer: 0 };
  node.addEventListener("input", () => {
    host.keep(block, one, read(node.value));
    count?.update();
    clearTimeout(waiting.timer);
    if (tellsOn(part, "on_character_entered")) waiting.timer = setTimeout(tell, PAUSE_MS);
  });
  node.addEventListener("keydown", (event) => {
    const isEnter = event.key === "Enter" && !event.shiftKey && !event.isComposing;
    if (!isEnter || !tellsOn(part, "on_enter_pressed")) return;
    event.preventDefault();
    tell();
  });
  return count ? el("span.field", node, count.node) : node;
}

/** Slack: an input with `dispatch_action` tells its app on Enter, unless it says otherwise. */
function tellsOn({ one, block }, moment) {
  if (!block.dispatch_action) return false;
  return (one.dispatch_action_config?.trigger_actions_on || ["on_enter_pressed"]).includes(moment);
}

/** What is left of the length, once little is left, or what is missing. */
function counter({ min_length: least = 0, max_length: most = MOST }, field) {
  if (!least && most === MOST) return null;
  const node = el("span", { class: "counter", "aria-live": "polite" });
  const update = () => {
    // As the server counts: an emoji is one character.
    const length = [...field.value].length;
    const isShort = length > 0 && length < least;
    node.classList.toggle("is-off", length > most || isShort);
    node.textContent = isShort ? `${length}, at least ${least}` : leftOf(most - length, most);
  };
  update();
  return { node, update };
}

function leftOf(left, most) {
  if (left < 0) return `${-left} too many`;
  return left <= most / 5 ? `${left} left` : "";
}

/** A day. */
export const day = (part) => picker(part, { type: "date" }, part.one.initial_date);

/** A time of day; the zone, where the app named one, stands beside it. */
export function time(part) {
  const node = picker(part, { type: "time" }, part.one.initial_time);
  const zone = part.one.timezone;
  return zone
    ? el("span.field.is-row", node, el("span.hint", zone))
    : node;
}

/** A moment, in the zone of the person who looks. */
export function moment(part) {
  const { zone } = part.host.world;
  const start = startOf(part, part.one.initial_date_time);
  const read = (wall) => (wall ? epochOf(wall, zone) : "");
  return picker(part, { type: "datetime-local", shown: start ? wallOf(start, zone) : "", read });
}

function picker(part, { type, shown, read = (value) => value }, initial) {
  const { one, block, host } = part;
  const words = one.placeholder?.text;
  const node = el("input", { ...common(part), type, "data-words": words || null });
  if (!part.isInput) node.setAttribute("aria-label", words || NAMES[type]);
  node.value = shown ?? startOf(part, initial) ?? "";
  let told = node.value;
  let byKeys = false;
  const mark = () => node.classList.toggle("is-unset", !node.value);
  const tell = async () => {
    if (node.value === told || (!node.value && !part.isInput)) return;
    const before = told;
    told = node.value;
    if (await given(part, read(node.value), node)) return;
    node.value = told = before;
    mark();
  };
  mark();
  node.addEventListener("input", () => {
    mark();
    if (part.isInput) host.keep(block, one, read(node.value));
  });
  // Typed part by part it changes with each key: told when done. Picked from the calendar, at once.
  node.addEventListener("keydown", ({ key }) => (byKeys = key !== "Enter" && key !== "Tab"));
  node.addEventListener("pointerdown", () => (byKeys = false));
  node.addEventListener("change", () => !byKeys && tell());
  node.addEventListener("blur", tell);
  return node;
}

const NAMES = { date: "Date", time: "Time", "datetime-local": "Date and time" };

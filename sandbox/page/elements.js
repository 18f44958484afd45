// Draws buttons, pickers and inputs, and tells the host what was pressed, picked or typed.

import { choice, choices, listed, menu } from "./choices.js";
import { confirmed } from "./confirm.js";
import { epochOf, wallOf } from "./dates.js";
import { el, openSafely } from "./dom.js";
import { given, startOf } from "./given.js";
import { picture, withEmoji } from "./texts.js";

/** The control of a Block Kit element; `id` is set on it where a label points to it. */
export function element(one, block, host, id = null) {
  const draw = Object.hasOwn(ELEMENTS, one.type) ? ELEMENTS[one.type] : unknown;
  const part = { one, block, host, id, isInput: block.type === "input" };
  const node = draw(part);
  if (id && !node.id) node.id = id;
  if (one.action_id) node.dataset.actionId = one.action_id;
  return node;
}

const ELEMENTS = {
  button,
  image: ({ one }) => picture(one),
  overflow: menu,
  static_select: choice,
  users_select: choice,
  channels_select: choice,
  conversations_select: choice,
  multi_static_select: choices,
  multi_users_select: choices,
  multi_channels_select: choices,
  multi_conversations_select: choices,
  radio_buttons: listed,
  checkboxes: listed,
  datepicker: (part) => field(part, { type: "date" }, part.one.initial_date),
  timepicker: (part) => field(part, { type: "time" }, part.one.initial_time),
  datetimepicker: moment,
  plain_text_input: typed,
  rich_text_input: typed,
  email_text_input: (part) => field(part, { type: "email" }, part.one.initial_value),
  url_text_input: (part) => field(part, { type: "url" }, part.one.initial_value),
  number_input: number,
};

function unknown({ one }) {
  return el("span", { class: "unknown-element" }, `[${one.type} is not drawn here]`);
}

function button({ one, block, host }) {
  const press = async () => {
    if (!(await confirmed(one.confirm, host.world))) return;
    if (one.url) openSafely(one.url);
    await host.press(one, block, {}, node);
  };
  const style = one.style ? ` ${one.style}` : "";
  const node = el(
    "button",
    {
      type: "button",
      class: `button${style}`,
      "aria-label": one.accessibility_label,
      on: { click: press },
    },
    withEmoji(one.text),
  );
  if (one.url) node.title = one.url;
  return node;
}

function field(part, props, initial, read = (text) => text) {
  const { one, block, host, id, isInput } = part;
  const node = el("input", {
    class: "input",
    id,
    placeholder: one.placeholder?.text,
    "aria-label": isInput ? null : one.placeholder?.text || props.type,
    autofocus: Boolean(one.focus_on_load),
    ...props,
  });
  node.value = startOf(part, initial) ?? "";
  node.addEventListener("input", () => host.keep(block, one, read(node.value)));
  node.addEventListener("change", () => given(part, read(node.value), node));
  return node;
}

function moment(part) {
  const { zone } = part.host.world;
  const start = startOf(part, part.one.initial_date_time);
  const wall = start ? wallOf(start, zone) : "";
  const node = field(part, { type: "datetime-local" }, "", (text) =>
    text ? epochOf(text, zone) : "",
  );
  node.value = wall;
  return node;
}

function typed(part) {
  const { one } = part;
  const start = typeof one.initial_value === "string" ? one.initial_value : "";
  const limits = { minlength: one.min_length, maxlength: one.max_length };
  if (!one.multiline && one.type !== "rich_text_input")
    return field(part, { type: "text", ...limits }, start);
  const node = el("textarea", {
    class: "input",
    id: part.id,
    rows: 4,
    placeholder: one.placeholder?.text,
    autofocus: Boolean(one.focus_on_load),
    ...limits,
  });
  node.value = startOf(part, start) ?? "";
  node.addEventListener("input", () => part.host.keep(part.block, one, node.value));
  node.addEventListener("change", () => given(part, node.value, node));
  return node;
}

function number(part) {
  const { min_value: min, max_value: max, is_decimal_allowed: decimal } = part.one;
  return field(
    part,
    { type: "number", min, max, step: decimal ? "any" : 1 },
    part.one.initial_value,
  );
}

// Draws the elements of blocks: which control each type has, and buttons.

import { choices as several, choice } from "./selects.js";
import { listed } from "./choices.js";
import { confirmed } from "./confirm.js";
import { el } from "./dom.js";
import { address, day, moment, number, time, typed } from "./fields.js";
import { openSafely } from "./links.js";
import { menu } from "./menus.js";
import { picture } from "./pictures.js";
import { withEmoji } from "./texts.js";

/** The control of a Block Kit element; `id` is set on what a label points to. */
export function element(one, block, host, id = null) {
  const draw = Object.hasOwn(ELEMENTS, one.type) ? ELEMENTS[one.type] : unknown;
  const node = draw({ one, block, host, id, isInput: block.type === "input" });
  if (one.action_id) node.dataset.actionId = one.action_id;
  return node;
}

const ELEMENTS = {
  button,
  image: ({ one }) => picture(one, "thumb"),
  overflow: menu,
  static_select: choice,
  external_select: choice,
  users_select: choice,
  channels_select: choice,
  conversations_select: choice,
  multi_static_select: several,
  multi_external_select: several,
  multi_users_select: several,
  multi_channels_select: several,
  multi_conversations_select: several,
  radio_buttons: listed,
  checkboxes: listed,
  datepicker: day,
  timepicker: time,
  datetimepicker: moment,
  plain_text_input: typed,
  rich_text_input: typed,
  email_text_input: address,
  url_text_input: address,
  number_input: number,
};

function unknown({ one }) {
  return el("span.unknown-element", `[${one.type} is not drawn here]`);
}

function button({ one, block, host }) {
  const press = async () => {
    if (!(await confirmed(one.confirm, host.world))) return;
    if (one.url) openSafely(one.url, host.world);
    await host.press(one, block, {}, node);
  };
  const style = ["primary", "danger"].includes(one.style) ? ` ${one.style}` : "";
  const node = el(
    "button",
    {
      type: "button",
      class: `button${style}`,
      "aria-label": one.accessibility_label,
      on: { click: press },
    },
    el("span.button-words", withEmoji(one.text)),
  );
  if (one.url) node.title = one.url;
  return node;
}

// Elements that offer options: menus, selects, radio buttons, checkboxes.

import { confirmed } from "./confirm.js";
import { el, freshId, openSafely } from "./dom.js";
import { given, startOf } from "./given.js";
import { icon } from "./icons.js";
import { text, withEmoji } from "./texts.js";

const SOURCES = {
  static: (one) => (one.option_groups || [{ options: one.options || [] }]).map(groupOf),
  users: (_, world) => [
    { options: world.people.map((user) => ({ value: user.id, label: world.nameOf(user) })) },
  ],
  channels: (_, world) => [
    { options: world.myChannels().map((one) => ({ value: one.id, label: `#${one.name}` })) },
  ],
  conversations: (one, world) => [...SOURCES.channels(one, world), ...SOURCES.users(one, world)],
};

const groupOf = (group) => ({
  label: group.label?.text,
  options: group.options.map((option) => ({ value: option.value, label: withEmoji(option.text) })),
});

const groupsFor = ({ one, host }) =>
  SOURCES[one.type.replace("multi_", "").replace("_select", "")](one, host.world);

/** A select of one. */
export function choice(part) {
  const { one, id, isInput } = part;
  const placeholder = one.placeholder?.text || "Choose";
  const node = el(
    "select",
    { class: "input select", id, "aria-label": isInput ? null : placeholder },
    el("option", { value: "" }, placeholder),
  );
  for (const group of groupsFor(part)) {
    const options = group.options.map(({ value, label }) => el("option", { value }, label));
    node.append(...(group.label ? [el("optgroup", { label: group.label }, options)] : options));
  }
  const initial =
    one.initial_option?.value ||
    one.initial_user ||
    one.initial_channel ||
    one.initial_conversation;
  node.value = startOf(part, initial) ?? "";
  node.addEventListener("change", () =>
    node.value || isInput ? given(part, node.value, node) : null,
  );
  return node;
}

/** A select of several: a list of checkboxes that opens. */
export function choices(part) {
  const { one, block, host } = part;
  const initial =
    one.initial_options?.map((option) => option.value) ||
    one.initial_users ||
    one.initial_channels ||
    one.initial_conversations;
  const chosen = new Set(startOf(part, initial) ?? []);
  const options = groupsFor(part).flatMap((group) => group.options);
  const summary = el("summary", { class: "input select" });
  const show = () => {
    const names = options.filter(({ value }) => chosen.has(value)).map(({ label }) => label);
    summary.textContent = names.join(", ") || one.placeholder?.text || "Choose";
  };
  const rows = options.map(({ value, label }) =>
    tick(value, label, chosen, () => {
      show();
      host.keep(block, one, [...chosen]);
    }),
  );
  const node = el(
    "details",
    { class: "choices" },
    summary,
    el("div", { class: "choices-list", role: "group" }, rows),
  );
  const before = JSON.stringify([...chosen]);
  node.addEventListener("toggle", () => {
    if (!node.open && JSON.stringify([...chosen]) !== before) given(part, [...chosen], node);
  });
  show();
  return node;
}

function tick(value, label, chosen, changed) {
  const box = el("input", { type: "checkbox", value });
  box.checked = chosen.has(value);
  box.addEventListener("change", () => {
    if (box.checked) chosen.add(value);
    else chosen.delete(value);
    changed();
  });
  return el("label", { class: "tick" }, box, el("span", {}, label));
}

/** Radio buttons or checkboxes. */
export function listed(part) {
  const { one, host } = part;
  const single = one.type === "radio_buttons";
  const initial = single
    ? [one.initial_option?.value]
    : (one.initial_options || []).map((option) => option.value);
  const chosen = new Set([startOf(part, initial)].flat());
  const name = freshId("list");
  const node = el("div", { class: "listed", role: single ? "radiogroup" : "group" });
  const tell = () => {
    const values = [...node.querySelectorAll("input:checked")].map((box) => box.value);
    given(part, single ? values[0] : values, node);
  };
  node.append(
    ...one.options.map((option) =>
      listedRow(option, { single, name, chosen, tell, world: host.world }),
    ),
  );
  return node;
}

function listedRow(option, { single, name, chosen, tell, world }) {
  const box = el("input", {
    type: single ? "radio" : "checkbox",
    name,
    value: option.value,
    on: { change: tell },
  });
  box.checked = chosen.has(option.value);
  const note = option.description
    ? el("div", { class: "hint" }, text(option.description, world))
    : null;
  return el("label", { class: "tick" }, box, el("span", {}, text(option.text, world), note));
}

/** The menu behind three dots. */
export function menu(part) {
  const list = el("div", { class: "menu-list", role: "group" });
  const node = el(
    "details",
    { class: "menu" },
    el("summary", { class: "button", "aria-label": "More" }, icon("more")),
    list,
  );
  const { one, block, host } = part;
  const pick = (option) => async () => {
    node.open = false;
    if (!(await confirmed(one.confirm, host.world))) return;
    if (option.url) openSafely(option.url);
    await host.press(one, block, { selected: option.value }, node);
  };
  list.append(
    ...one.options.map((option) =>
      el("button", { type: "button", on: { click: pick(option) } }, withEmoji(option.text)),
    ),
  );
  node.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && node.open) {
      node.open = false;
      event.stopPropagation();
    }
  });
  node.addEventListener("focusout", (event) => {
    if (!node.contains(event.relatedTarget)) node.open = false;
  });
  return node;
}

// Where people write: messages, replies and slash commands.

import { el, freshId } from "./dom.js";
import { escape } from "./mrkdwn.js";

/** The box under a list. `where()` tells `{channel, thread_ts?}` at the moment of sending. */
export function composer(app, label, where) {
  const hints = el("ul", {
    class: "mentions",
    role: "listbox",
    "aria-label": "People",
    id: freshId("mentions"),
    hidden: true,
  });
  const box = el("textarea", {
    class: "compose",
    rows: 1,
    placeholder: label,
    "aria-label": label,
    "aria-controls": hints.id,
  });
  const button = el(
    "button",
    { type: "button", class: "button primary send", "aria-label": "Send" },
    "Send",
  );
  const sendNow = () => submit(app, box, where(), button);
  button.addEventListener("click", sendNow);
  box.addEventListener("input", () => {
    fit(box);
    suggest(app, box, hints);
  });
  box.addEventListener("blur", () => {
    hints.hidden = true;
  });
  box.addEventListener("keydown", (event) => keys(event, box, hints, sendNow));
  return el("div", { class: "composer" }, hints, el("div", { class: "composer-box" }, box, button));
}

function fit(box) {
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight, 200)}px`;
}

function keys(event, box, hints, sendNow) {
  const rows = [...hints.children];
  const at = rows.findIndex((row) => row.getAttribute("aria-selected") === "true");
  if (!hints.hidden && ["ArrowDown", "ArrowUp"].includes(event.key)) {
    event.preventDefault();
    select(rows, (at + (event.key === "ArrowDown" ? 1 : rows.length - 1)) % rows.length);
  } else if (!hints.hidden && ["Enter", "Tab"].includes(event.key)) {
    event.preventDefault();
    rows[at].dispatchEvent(new MouseEvent("mousedown"));
  } else if (!hints.hidden && event.key === "Escape") {
    hints.hidden = true;
  } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    sendNow();
  }
}

const select = (rows, index) =>
  rows.forEach((row, at) => row.setAttribute("aria-selected", String(at === index)));

async function submit(app, box, where, button) {
  const typed = box.value.trim();
  if (!typed || button.getAttribute("aria-busy")) return;
  const user = app.world.viewer.id;
  const [, command, text] = /^(\/\S+)\s*([\s\S]*)$/.exec(typed) || [];
  const answer = command
    ? await app.act("command", { channel: where.channel, user, command, text }, button)
    : await app.act("message", { ...where, user, text: withIds(escape(typed), app.world) }, button);
  if (!answer) return; // what was typed stays
  box.value = "";
  fit(box);
}

/** `@name` and `#channel` as Slack writes them; names that nobody has stay as typed. */
function withIds(text, world) {
  const users = new Map(
    world.people.concat(world.bot || []).map((user) => [user.name.toLowerCase(), user.id]),
  );
  const channels = new Map([...world.channels.values()].map((one) => [one.name, one.id]));
  return text
    .replace(/(?<![\w@<])@([\p{L}\p{N}._-]*[\p{L}\p{N}])/gu, (whole, name) =>
      idOr(users, name.toLowerCase(), "@", whole),
    )
    .replace(/(?<![\w#<&])#([\p{L}\p{N}_-]+)/gu, (whole, name) => idOr(channels, name, "#", whole));
}

const idOr = (ids, name, sign, whole) => (ids.has(name) ? `<${sign}${ids.get(name)}>` : whole);

function suggest(app, box, hints) {
  const before = box.value.slice(0, box.selectionStart);
  const [, part] = /(?:^|\s)@([\p{L}\p{N}._-]*)$/u.exec(before) || [];
  const found = part === undefined ? [] : matching(app.world, part.toLowerCase());
  hints.hidden = found.length === 0;
  hints.replaceChildren(...found.map((user) => hint(user, app.world, box, hints, part.length)));
  select([...hints.children], 0);
}

function matching(world, part) {
  const fits = (user) =>
    user.name.toLowerCase().startsWith(part) || world.nameOf(user).toLowerCase().startsWith(part);
  return world.people
    .concat(world.bot || [])
    .filter(fits)
    .slice(0, 6);
}

function hint(user, world, box, hints, length) {
  const take = (event) => {
    event.preventDefault();
    const end = box.selectionStart;
    box.setRangeText(`${user.name} `, end - length, end, "end");
    hints.hidden = true;
  };
  return el(
    "li",
    { role: "option", on: { mousedown: take } },
    el("strong", {}, world.nameOf(user)),
    ` ${user.name}`,
  );
}

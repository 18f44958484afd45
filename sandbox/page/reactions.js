// Reactions under a message: who gave which, giving one, taking it back.

import { el } from "./dom.js";
import { emoji } from "./emoji.js";
import { icon } from "./icons.js";
import { choose } from "./choose.js";

const COMMON = [
  ...["+1", "white_check_mark", "eyes", "pushpin", "pray", "tada", "heart", "raised_hands"],
  ...["clap", "ok_hand", "wave", "muscle", "smile", "joy", "thinking_face", "cry"],
  ...["-1", "x", "warning", "question", "hourglass_flowing_sand", "calendar", "rocket", "fire"],
];
const MOST_NAMED = 12;

export function reactionBar(app, message) {
  const buttons = message.reactions.map((reaction) => reactionButton(app, message, reaction));
  const add = el(
    "button",
    { type: "button", class: "reaction-add", "aria-label": "Add a reaction", title: "Add a reaction" },
    icon("smile"),
  );
  add.addEventListener("click", () => pickReaction(app, message, add));
  return el("div.reactions", buttons, message.ephemeral_to ? null : add);
}

function reactionButton(app, message, { name, users = [], count }) {
  const isMine = users.includes(app.viewerId);
  const button = el(
    "button",
    {
      type: "button",
      class: "reaction",
      "aria-pressed": String(isMine),
      title: `${givers(app.world, users)} reacted with :${name}:`,
      on: { click: () => react(app, message, name, isMine) },
    },
    el("span", emoji(name)),
    el("span.count", String(count)),
  );
  return button;
}

function givers(world, ids) {
  const you = ids.includes(world.viewer.id) ? ["You"] : [];
  const others = ids.filter((id) => id !== world.viewer.id).map((id) => world.user(id) || { id });
  const names = you.concat(others.slice(0, MOST_NAMED).map((user) => world.nameOf(user)));
  const more = others.length - MOST_NAMED;
  return names.join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/** The acting person gives a reaction, or takes it back. */
export function react(app, message, name, isTakenBack) {
  return app.act("reaction", {
    channel: message.channel || app.channel,
    ts: message.ts,
    user: app.viewerId,
    name,
    removed: isTakenBack,
  });
}

/** Offers the common ones beside `anchor`. */
export function pickReaction(app, message, anchor) {
  const mine = (name) =>
    (message.reactions || []).some((one) => one.name === name && one.users.includes(app.viewerId));
  choose(anchor, {
    label: "Reactions",
    isGrid: true,
    items: COMMON.map((name) => ({
      words: emoji(name),
      title: name.replaceAll("_", " "),
      press: () => react(app, message, name, mine(name)),
    })),
  });
}

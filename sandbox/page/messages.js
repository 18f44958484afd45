// Draws messages: the list of a place, the replies of a thread, one message with all that hangs on it.

import { drawBlocks } from "./blocks.js";
import { dayHeading, dayOf } from "./dates.js";
import { el, spoken } from "./dom.js";
import { emoji } from "./emoji.js";
import { author, avatar, stamp } from "./faces.js";
import { messageHost } from "./hosts.js";
import { icon } from "./icons.js";
import { mrkdwn } from "./mrkdwn.js";

const TOGETHER_S = 300; // one person's messages within five minutes stand under one name
const QUICK = ["+1", "white_check_mark", "eyes", "pushpin"];

export const isReply = (message) => Boolean(message.thread_ts) && message.thread_ts !== message.ts;

/** The items (for `reconcile`) of a list of messages, with a heading for each day. */
export function messageItems(app, messages, { inThread = false } = {}) {
  const items = [];
  let before = null;
  for (const message of messages) {
    const day = dayOf(message.ts * 1000, app.world.zone);
    const isNewDay = !before || dayOf(before.ts * 1000, app.world.zone) !== day;
    if (isNewDay && !inThread) items.push(dayItem(app, message, day));
    const follows = !isNewDay && isTogether(before, message);
    items.push(messageItem(app, message, { follows, inThread }));
    before = message;
  }
  return items;
}

function dayItem(app, message, day) {
  const words = dayHeading(message.ts * 1000, app.world.zone, app.world.nowMs());
  return { id: day, key: words, draw: () => el("li", { class: "day" }, el("h2", {}, words)) };
}

function isTogether(before, message) {
  const who = (one) =>
    `${one.user}/${one.bot_id || ""}/${one.username || ""}/${one.ephemeral_to || ""}`;
  return (
    !message.subtype &&
    !before.subtype &&
    who(before) === who(message) &&
    message.ts - before.ts < TOGETHER_S
  );
}

function messageItem(app, message, settings) {
  const { viewer } = app.world;
  // What is drawn depends on the message, on who looks and on the day (today, tomorrow).
  const today = dayOf(app.world.nowMs(), app.world.zone);
  const key = JSON.stringify([
    message,
    settings,
    viewer.id,
    viewer.tz,
    today,
    names(message, app.world),
    app.newReplies(message),
  ]);
  return { id: message.ts, key, draw: () => draw(app, message, settings) };
}

function names(message, world) {
  const ids = JSON.stringify(message).match(/\b[UWC][A-Z0-9]{2,}\b/g) || [];
  return ids.map((id) => world.user(id)?.real_name || world.channel(id)?.name || "");
}

function draw(app, message, { follows, inThread }) {
  const who = author(message, app.world);
  const classes = [
    "message",
    follows && "follows",
    message.ephemeral_to && "ephemeral",
    message.pinned && "pinned",
    message.subtype && `sub-${message.subtype}`,
  ];
  const left = follows
    ? stamp(message.ts, app.world, { class: "margin-time" })
    : avatar(who.id, who.name, who.isBot);
  return el(
    "li",
    { class: classes.filter(Boolean).join(" "), tabindex: "-1", "data-ts": message.ts },
    marks(message),
    el("div", { class: "gutter" }, left),
    el(
      "div",
      { class: "content" },
      head(message, who, app.world, follows),
      body(app, message),
      below(app, message, inThread),
    ),
    message.ephemeral_to ? null : tools(app, message, inThread),
  );
}

function marks(message) {
  const found = [
    message.pinned ? el("div", { class: "mark" }, icon("pin"), " ", "Pinned") : null,
    message.ephemeral_to
      ? el("div", { class: "mark" }, icon("eye"), " ", "Only visible to you")
      : null,
  ];
  return found.some(Boolean) ? el("div", { class: "marks" }, found) : null;
}

function head(message, who, world, follows) {
  const tag = who.isBot ? el("span", { class: "tag" }, "App") : null;
  const company = who.company ? el("span", { class: "tag company" }, who.company) : null;
  const status = who.status
    ? el(
        "span",
        { class: "status", title: who.status.status_text },
        emoji(who.status.status_emoji.replaceAll(":", "") || "speech_balloon"),
        spoken(who.status.status_text),
      )
    : null;
  if (follows) return spoken(who.name);
  return el(
    "div",
    { class: "head" },
    el("span", { class: "name", dir: "auto" }, who.name),
    status,
    tag,
    company,
    stamp(message.ts, world),
  );
}

function body(app, message) {
  const blocks = message.blocks?.length
    ? drawBlocks(message.blocks, messageHost(app, message.channel || app.channel, message))
    : null;
  const words = blocks || mrkdwn(message.text || "", app.world);
  const files = (message.files || []).map((file) =>
    el("div", { class: "file" }, icon("file"), " ", file.title || file.name || file.id),
  );
  const edited = message.edited ? el("span", { class: "edited" }, "(edited)") : null;
  return el("div", { class: "body" }, words, edited, files);
}

function below(app, message, inThread) {
  const reactions = (message.reactions || []).map((reaction) =>
    reactionButton(app, message, reaction),
  );
  const replies = message.reply_count && !inThread ? repliesButton(app, message) : null;
  return [reactions.length ? el("div", { class: "reactions" }, reactions) : null, replies];
}

function reactionButton(app, message, { name, users = [], count }) {
  const mine = users.includes(app.world.viewer.id);
  const people = users
    .map((id) => app.world.user(id))
    .filter(Boolean)
    .map((user) => app.world.nameOf(user));
  const press = () => react(app, message, name, mine);
  return el(
    "button",
    {
      type: "button",
      class: "reaction",
      "aria-pressed": String(mine),
      title: `${people.join(", ")} reacted with :${name}:`,
      on: { click: press },
    },
    el("span", {}, emoji(name)),
    el("span", { class: "count" }, String(count)),
  );
}

const react = (app, message, name, removed) =>
  app.act("reaction", {
    channel: message.channel || app.channel,
    ts: message.ts,
    user: app.world.viewer.id,
    name,
    removed,
  });

function repliesButton(app, message) {
  const count = message.reply_count;
  const fresh = app.newReplies(message);
  return el(
    "button",
    { type: "button", class: fresh ? "replies unread" : "replies", on: { click: () => app.openThread(message.ts) } },
    (message.reply_users || []).slice(0, 4).map((id) => replier(id, app.world)),
    el("span", { class: "replies-count" }, count === 1 ? "1 reply" : `${count} replies`),
    fresh ? el("span", { class: "replies-new" }, `${fresh} new`) : null,
    message.latest_reply
      ? el("span", { class: "replies-last" }, "last at ", stamp(message.latest_reply, app.world))
      : null,
  );
}

function replier(id, world) {
  const user = world.user(id);
  return avatar(id, user ? world.nameOf(user) : "App", Boolean(user?.is_bot));
}

function tools(app, message, inThread) {
  const add = (name) =>
    el(
      "button",
      {
        type: "button",
        "aria-label": `React with ${name.replaceAll("_", " ")}`,
        title: `:${name}:`,
        on: { click: () => react(app, message, name, false) },
      },
      emoji(name),
    );
  const reply = el(
    "button",
    {
      type: "button",
      "aria-label": "Reply in thread",
      title: "Reply in thread",
      on: { click: () => app.openThread(message.thread_ts || message.ts) },
    },
    icon("reply"),
  );
  return el(
    "div",
    { class: "tools", role: "group", "aria-label": "Message actions" },
    QUICK.map(add),
    inThread ? null : reply,
  );
}

// Draws messages: the rows of a place and of a thread, one message with all that hangs on it.

import { drawBlocks } from "./blocks.js";
import { button } from "./buttons.js";
import { dayHeading, dayOf } from "./dates.js";
import { el, spoken } from "./dom.js";
import { editor } from "./editor.js";
import { emoji } from "./emoji.js";
import { author, avatar, personTitle, stamp } from "./faces.js";
import { messageHost } from "./hosts.js";
import { icon } from "./icons.js";
import { mrkdwn } from "./mrkdwn.js";
import { reactionBar } from "./reactions.js";
import { plainText } from "./typing.js";

const MOST_FACES = 4;
const QUOTE = 90; // characters of the message that a broadcast reply answers

const known = new WeakMap(); // a message -> its JSON, by which a change is seen, and the ids in it

/** The row of a message. `follows` tells that it stands under the name of the one before. */
export function messageRow(app, message, settings) {
  return {
    id: message.ts,
    guess: guessOf(message, settings.follows),
    key: () => keyOf(app, message, settings),
    draw: () => draw(app, message, settings),
  };
}

function keyOf(app, message, { follows, inThread }) {
  const { text, ids } = factsOf(message);
  const { viewer, zone } = app.world;
  // What is drawn depends on the message, on who looks and on the day (today, tomorrow).
  return JSON.stringify([
    text,
    follows,
    inThread,
    viewer.id,
    zone,
    app.world.today(),
    ids.map((id) => app.world.user(id)?.real_name || app.world.channel(id)?.name),
    message.reply_count ? app.marksOfThread(message.ts).unread : 0,
    app.editing === message.ts,
  ]);
}

function factsOf(message) {
  if (!known.has(message)) {
    const text = JSON.stringify(message);
    known.set(message, { text, ids: text.match(/\b[UWC][A-Z0-9]{2,}\b/g) || [] });
  }
  return known.get(message);
}

/** A height in pixels that is near enough until the row was drawn once. */
function guessOf(message, follows) {
  const lines = Math.ceil((message.text || "").length / 90);
  const body = message.blocks?.length ? 34 * message.blocks.length + 12 : 22 * Math.max(1, lines);
  const below = (message.reactions?.length ? 32 : 0) + (message.reply_count ? 32 : 0);
  return body + below + (follows ? 4 : 36);
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
    marks(app, message, inThread),
    el("div.gutter", left),
    el(
      "div.content",
      follows ? spoken(who.name) : head(message, who, app.world),
      app.editing === message.ts ? editor(app, message) : body(app, message),
      message.reactions?.length ? reactionBar(app, message) : null,
      message.reply_count && !inThread ? repliesButton(app, message) : null,
    ),
  );
}

function marks(app, message, inThread) {
  const isBroadcast = message.subtype === "thread_broadcast";
  const found = [
    message.pinned ? el("div.mark", icon("pin"), " Pinned") : null,
    message.ephemeral_to ? el("div.mark", icon("eye"), " Only visible to you") : null,
    isBroadcast && inThread ? el("div.mark", "Also sent to the channel") : null,
    isBroadcast && !inThread ? quote(app, message) : null,
  ].filter(Boolean);
  return found.length ? el("div.marks", found) : null;
}

function quote(app, message) {
  const root = app.board?.find(message.thread_ts);
  const words = root ? plainText(root.text || "", app.world).slice(0, QUOTE) : "a message";
  const open = () => app.openThread(message.thread_ts);
  return el("div.mark", "Replied to a thread: ", button({ class: "as-link" }, open, words));
}

function head(message, who, world) {
  const tag = who.isBot ? el("span.tag.app", "App") : null;
  const company = who.company ? el("span.tag.company", who.company) : null;
  const status = who.status
    ? el(
        "span",
        { class: "status", title: who.status.status_text },
        emoji(who.status.status_emoji.replaceAll(":", "") || "speech_balloon"),
        spoken(who.status.status_text),
      )
    : null;
  const title = personTitle(who.id, world);
  return el(
    "div.head",
    el("span", { class: "name", dir: "auto", title }, who.name),
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
    el(
      "a",
      { class: "file", href: `/_control/file?id=${encodeURIComponent(file.id)}`, download: file.name },
      icon("file"),
      " ",
      file.title || file.name || file.id,
    ),
  );
  const edited = message.edited ? el("span.edited", "(edited)") : null;
  return el("div", { class: "body", dir: "auto" }, words, edited, files);
}

function repliesButton(app, message) {
  const count = message.reply_count;
  const { unread } = app.marksOfThread(message.ts);
  return button(
    { class: unread ? "replies unread" : "replies" },
    () => app.openThread(message.ts),
    (message.reply_users || []).slice(0, MOST_FACES).map((id) => replier(id, app.world)),
    el("span.replies-count", count === 1 ? "1 reply" : `${count} replies`),
    unread ? el("span.replies-new", `${unread} new`) : null,
    message.latest_reply
      ? el("span.replies-last", "last ", when(message.latest_reply, app.world))
      : null,
  );
}

function when(ts, world) {
  const isToday = dayOf(ts * 1000, world.zone) === world.today();
  const heading = dayHeading(ts * 1000, world.zone, world.nowMs());
  const day = isToday ? null : `${heading.replace("Yesterday", "yesterday")} `;
  return [day, "at ", stamp(ts, world)];
}

function replier(id, world) {
  const user = world.user(id);
  return avatar(id, user ? world.nameOf(user) : "App", Boolean(user?.is_bot));
}

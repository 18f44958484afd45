// Which rows a place and a thread have: messages, days, what is new, who came and went.

import { dayHeading, dayOf } from "./dates.js";
import { el } from "./dom.js";
import { avatar, stamp } from "./faces.js";
import { messageRow } from "./messages.js";
import { person } from "./mrkdwn.js";

const TOGETHER_S = 300; // one person's messages within five minutes stand under one name
const QUARTER_S = 900; // every zone's days begin at a quarter of an hour of UTC
const MOST_NAMED = 3;
const COMINGS = { channel_join: "joined", channel_leave: "left" };

const days = new Map(); // zone and quarter of an hour -> day

function dayAt(ts, zone) {
  const quarter = Math.floor(ts / QUARTER_S);
  const key = `${zone}/${quarter}`;
  if (!days.has(key)) days.set(key, dayOf(quarter * QUARTER_S * 1000, zone));
  return days.get(key);
}

/** The rows of a place, oldest first. What is after `newSince` (a ts, or null) is new. */
export function placeRows(app, messages, newSince) {
  const isNew = (one) => newSince && one.ts > newSince && one.user !== app.viewerId;
  const firstNew = messages.find(isNew);
  const rows = [];
  let before = null;
  for (const message of messages) {
    const day = dayAt(message.ts, app.world.zone);
    const isNewDay = !before || dayAt(before.ts, app.world.zone) !== day;
    if (isNewDay) rows.push(dayRow(app, message.ts, day));
    if (message === firstNew) rows.push(newRow());
    const isFirst = isNewDay || message === firstNew;
    add(rows, app, message, { before, isFirst });
    before = message;
  }
  return rows;
}

/** The rows of a thread: its first message, how many replies there are, the replies. */
export function threadRows(app, messages, newSince) {
  const [root, ...replies] = messages;
  if (!root) return [];
  const firstNew = replies.find((one) => newSince && one.ts > newSince && one.user !== app.viewerId);
  const rows = [messageRow(app, root, { follows: false, inThread: true })];
  if (replies.length) rows.push(countRow(replies.length));
  replies.forEach((message, index) => {
    if (message === firstNew) rows.push(newRow());
    const before = replies[index - 1];
    const follows = before && message !== firstNew && isTogether(before, message);
    rows.push(messageRow(app, message, { follows: Boolean(follows), inThread: true }));
  });
  return rows;
}

function add(rows, app, message, { before, isFirst }) {
  const group = COMINGS[message.subtype] && !isFirst ? rows.at(-1).coming : null;
  if (group && group[0].subtype === message.subtype) {
    group.push(message);
    return;
  }
  if (COMINGS[message.subtype]) rows.push(comingRow(app, message));
  else {
    const follows = !isFirst && isTogether(before, message);
    rows.push(messageRow(app, message, { follows, inThread: false }));
  }
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

function dayRow(app, ts, day) {
  const words = () => dayHeading(ts * 1000, app.world.zone, app.world.nowMs());
  return {
    id: day,
    isStill: true,
    guess: 44,
    key: words,
    draw: () => el("li.day", el("h2", words())),
  };
}

const newRow = () => ({
  id: "new",
  isStill: true,
  guess: 24,
  key: () => "",
  draw: () => el("li.new-line", el("span", "New")),
});

function countRow(count) {
  const words = count === 1 ? "1 reply" : `${count} replies`;
  return {
    id: "count",
    isStill: true,
    guess: 32,
    key: () => words,
    draw: () => el("li.count-line", el("span", words)),
  };
}

/** Who came, or who left: one after the other on a day, in one small line. */
function comingRow(app, first) {
  const coming = [first];
  const key = () => JSON.stringify([coming.length, coming.at(-1).ts, app.viewerId, app.world.zone]);
  return { id: first.ts, coming, guess: 30, key, draw: () => drawComing(app, coming) };
}

function drawComing(app, coming) {
  const ids = [...new Set(coming.map((one) => one.user))];
  const named = ids.slice(0, ids.length > MOST_NAMED + 1 ? MOST_NAMED : MOST_NAMED + 1);
  const more = ids.length - named.length;
  const parts = named.map((id) => person(id, app.world));
  if (more) parts.push(el("span", { title: rest(app.world, ids.slice(MOST_NAMED)) }, `${more} others`));
  const name = (id) => app.world.nameOf(app.world.user(id) || { id });
  return el(
    "li",
    { class: "coming", tabindex: "-1", "data-ts": coming[0].ts },
    el("span.gutter", avatar(ids[0], name(ids[0]))),
    el("span.coming-words", listed(parts), ` ${COMINGS[coming[0].subtype]} the channel`),
    stamp(coming.at(-1).ts, app.world, { class: "margin-time" }),
  );
}

function rest(world, ids) {
  const names = ids.slice(0, 30).map((id) => world.nameOf(world.user(id) || { id }));
  return names.join(", ") + (ids.length > 30 ? ", ..." : "");
}

const listed = (parts) =>
  parts.flatMap((part, index) => {
    if (!index) return [part];
    return [index === parts.length - 1 ? " and " : ", ", part];
  });

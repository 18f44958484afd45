// How people and times look: avatars, names, tags.

import { fullMoment, knownZone, timeOf, zoneName } from "./dates.js";
import { el } from "./dom.js";

const HUES = 12;

function hue(id) {
  let sum = 0;
  for (const char of id) sum = (sum * 31 + char.codePointAt(0)) % 9973;
  return (sum % HUES) * (360 / HUES);
}

function initials(name) {
  const words = name.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const letters = [words[0], words.length > 1 ? words.at(-1) : null].map((word) =>
    word ? [...word][0] : "",
  );
  return letters.join("").toUpperCase() || "?";
}

/** A square with a person's initials; screen readers get the name beside it. */
export function avatar(id, name, isBot = false) {
  const node = el(
    "span",
    { class: isBot ? "avatar bot" : "avatar", "aria-hidden": "true" },
    initials(name),
  );
  node.style.setProperty("--hue", hue(id));
  return node;
}

/** A message's author: `{id, name, isBot, company, status}`, also of apps that are not in the world. */
export function author(message, world) {
  const user = world.user(message.user);
  const isBot = Boolean(message.bot_id) || Boolean(user?.is_bot);
  if (!user)
    return {
      id: message.user || message.bot_id || "",
      name: message.username || message.user || "App",
      isBot,
    };
  const status = user.status_emoji || user.status_text ? user : null;
  return {
    id: user.id,
    name: message.username || world.nameOf(user),
    isBot,
    company: world.companyTag(user),
    status,
  };
}

/** Who a person is and what time it is there, for pointing at a name; null for strangers. */
export function personTitle(id, world) {
  const user = world.user(id);
  if (!user || user.is_bot) return null;
  const zone = knownZone(user.tz);
  const now = world.nowMs();
  const company = world.team(user.team_id)?.name || user.team_id;
  return `${world.nameOf(user)} (@${user.name}), ${company}, ${timeOf(now, zone)} in ${zoneName(now, zone)}`;
}

/** The time of a message, its whole moment on hover. */
export function stamp(ts, world, props = {}) {
  const ms = Number(ts) * 1000;
  const settings = {
    datetime: new Date(ms).toISOString(),
    title: fullMoment(ms, world.zone),
    ...props,
  };
  return el("time", settings, timeOf(ms, world.zone));
}

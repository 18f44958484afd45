// What people type and how Slack writes it: names and channels, there and back.

import { escape, unescape } from "./mrkdwn.js";

/** Typed text as Slack keeps it; names that nobody has stay as typed. */
export function asSent(typed, world) {
  const people = world.people.concat(world.bot || []);
  const users = new Map(people.map((user) => [user.name.toLowerCase(), user.id]));
  const channels = new Map([...world.channels.values()].map((one) => [one.name, one.id]));
  return escape(typed)
    .replace(/(?<![\w@<])@([\p{L}\p{N}._-]*[\p{L}\p{N}])/gu, (whole, name) =>
      idOr(users, name.toLowerCase(), "@", whole),
    )
    .replace(/(?<![\w#<&])#([\p{L}\p{N}_-]+)/gu, (whole, name) => idOr(channels, name, "#", whole));
}

const idOr = (ids, name, sign, whole) => (ids.has(name) ? `<${sign}${ids.get(name)}>` : whole);

/** What one would have typed to send `text`. */
export function asTyped(text, world) {
  return inWords(text, (user) => `@${user.name}`, world);
}

/** The words of a message on one line, for where only words fit. */
export function plainText(text, world) {
  return inWords(text, (user) => `@${world.nameOf(user)}`, world).replace(/\s+/g, " ");
}

function inWords(text, nameOf, world) {
  const words = text.replace(/<([@#!]?)([^|>]+)(?:\|([^>]*))?>/g, (whole, sign, id, label) => {
    if (sign === "@") return world.user(id) ? nameOf(world.user(id)) : `@${label || id}`;
    if (sign === "#") return `#${world.channel(id)?.name || label || id}`;
    if (sign === "!") return label || `@${id}`;
    return label || id;
  });
  return unescape(words);
}

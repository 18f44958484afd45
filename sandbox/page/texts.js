// Draws Block Kit's text objects.

import { el } from "./dom.js";
import { emoji } from "./emoji.js";
import { mrkdwn } from "./mrkdwn.js";

/** The nodes of a text object. */
export function text(object, world) {
  if (!object) return [];
  return object.type === "mrkdwn"
    ? mrkdwn(object.text, world, { verbatim: Boolean(object.verbatim) })
    : [el("div", { class: "plain", dir: "auto" }, withEmoji(object))];
}

/** The words of a plain text object, :names: of emoji as glyphs unless it says otherwise. */
export function withEmoji(object) {
  if (object.emoji === false) return object.text;
  return object.text.replace(/:([a-z0-9_+-]+):/g, (_, name) => emoji(name));
}

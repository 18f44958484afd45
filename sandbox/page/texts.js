// Draws Block Kit's text objects, and the stand-in for pictures.

import { el } from "./dom.js";
import { emoji } from "./emoji.js";
import { icon } from "./icons.js";
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

/** Pictures are named, not fetched: this page loads nothing from outside. */
export function picture(block) {
  const source = block.image_url || block.slack_file?.url || block.slack_file?.id || "";
  return el(
    "span",
    { class: "picture", role: "img", "aria-label": block.alt_text, title: source },
    icon("picture"),
    " ",
    block.alt_text,
  );
}

// Draws pictures: the sandbox's own files; what lies elsewhere is named, not fetched.

import { el } from "./dom.js";
import { icon } from "./icons.js";

/** The picture of an image block or element; `size` is a class. */
export function picture(block, size = "") {
  const own = ownFile(block);
  if (!own) return stand(block);
  const node = el("img", { class: `drawn ${size}`, src: own, alt: block.alt_text });
  // What is no picture is named like those from elsewhere.
  node.addEventListener("error", () => node.replaceWith(stand(block)));
  return node;
}

/** Where a picture comes from, as the app gave it. */
export const sourceOf = (block) =>
  block.image_url || block.slack_file?.url || block.slack_file?.id || "";

/** Whether the picture is a file of the sandbox, which can be drawn. */
export const isOwn = (block) => ownFile(block) !== null;

function ownFile(block) {
  const id = block.slack_file?.id || uploadIn(block.image_url || block.slack_file?.url || "");
  return id ? `/_control/file?${new URLSearchParams({ id })}` : null;
}

function uploadIn(address) {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url?.origin !== location.origin) return null;
  return url.pathname.match(/^\/upload\/(\w+)$/)?.[1] || null;
}

function stand(block) {
  return el(
    "span",
    { class: "picture", role: "img", "aria-label": block.alt_text, title: sourceOf(block) },
    icon("picture"),
    " ",
    block.alt_text,
  );
}

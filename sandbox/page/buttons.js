// Buttons: with words, or with a drawing alone.

import { el } from "./dom.js";
import { icon } from "./icons.js";

/** A button that calls `press(event)`; `props` as for `el`. */
export const button = (props, press, ...children) =>
  el("button", { type: "button", on: press && { click: press }, ...props }, ...children);

/** A button that shows the drawing `sign`; `label` is for those who do not see it. */
export const iconButton = (sign, label, press, props = {}) =>
  button({ class: "icon-button", "aria-label": label, ...props }, press, icon(sign));

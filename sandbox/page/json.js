// Shows data as formatted JSON that can be copied; what people wrote in it stays text.

import { button } from "./buttons.js";
import { el } from "./dom.js";

const MOST_CHARACTERS = 200_000; // more than anybody reads; the copy has all of it

/** Copies words to the clipboard and says so. */
export async function copy(app, words, what) {
  try {
    await navigator.clipboard.writeText(words);
    app.screen.toast(`${what} copied.`);
  } catch {
    app.screen.toast("The browser does not let this page copy. Select the text and copy it.");
  }
}

/** A box with `value` as JSON under a heading, and a button that copies it. */
export function jsonBox(app, heading, value) {
  const words = JSON.stringify(value, null, 2) ?? "nothing";
  const shown = words.length > MOST_CHARACTERS ? `${words.slice(0, MOST_CHARACTERS)}\n…` : words;
  const press = () => copy(app, words, heading);
  const copier = button({ class: "quiet", "aria-label": `Copy: ${heading}` }, press, "Copy");
  return el(
    "section.json",
    el("header", el("h3", heading), copier),
    el("pre", { tabindex: "0", "aria-label": heading }, coloured(shown)),
  );
}

const KEYS = /^(\s*)("(?:[^"\\]|\\.)*")(?=: )/gm;
const MOST_COLOURED = 20_000;

/** The text with its keys set apart, as long as it is short enough to read. */
function coloured(words) {
  if (words.length > MOST_COLOURED) return words;
  const nodes = [];
  let end = 0;
  for (const found of words.matchAll(KEYS)) {
    const start = found.index + found[1].length;
    nodes.push(words.slice(end, start), el("span.key", found[2]));
    end = start + found[2].length;
  }
  return [...nodes, words.slice(end)];
}

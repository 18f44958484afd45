// What a person gave to an element: kept while the page is open, and told to the app where it asked.

import { confirmed } from "./confirm.js";

/** What the person gave so far, else what the app gave as the start. */
export function startOf({ one, block, host }, initial) {
  const kept = host.kept(block, one);
  return kept === undefined ? initial : kept;
}

/**
 * Keeps a value; outside an input block, or where the app asked for it, also tells the app. False if
 * the person, asked first, would rather not: then all is as it was.
 */
export async function given(part, value, node) {
  const { one, block, host, isInput } = part;
  const isTold = !isInput || block.dispatch_action;
  if (isTold && !(await confirmed(one.confirm, host.world))) return false;
  host.keep(block, one, value);
  if (isTold) await host.press(one, block, { selected: value }, node);
  return true;
}

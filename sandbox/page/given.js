// What a person gave to an element: kept while the page is open, and told to the app where it asked.

import { confirmed } from "./confirm.js";

/** What the person gave so far, else what the app gave as the start. */
export function startOf({ one, block, host }, initial) {
  const kept = host.kept(block, one);
  return kept === undefined ? initial : kept;
}

/** Keeps a value; outside an input block, or where the app asked for it, also tells the app. */
export async function given(part, value, node) {
  const { one, block, host, isInput } = part;
  host.keep(block, one, value);
  if (isInput && !block.dispatch_action) return;
  if (!(await confirmed(one.confirm, host.world))) return;
  await host.press(one, block, { selected: value }, node);
}

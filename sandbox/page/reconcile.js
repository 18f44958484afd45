// Brings a list of nodes up to date without touching those that stay as they are.

const keys = new WeakMap();

/**
 * Makes `parent` hold one node for each item `{id, key, draw}`, in order. A node whose key is the
 * same stays, with what was typed in it; one whose key changed is drawn anew, keeps the focus, and
 * takes over children marked `data-stays`.
 */
export function reconcile(parent, items) {
  const wanted = new Set(items.map((item) => item.id));
  const old = new Map();
  for (const node of [...parent.children]) {
    if (wanted.has(node.dataset.id)) old.set(node.dataset.id, node);
    else node.remove();
  }
  let place = parent.firstElementChild;
  for (const item of items) {
    const before = old.get(item.id);
    const isSame = before && keys.get(before) === item.key;
    if (before && before === place) place = place.nextElementSibling;
    const node = isSame ? before : replaced(before, item);
    if (node.parentNode !== parent || (before && node.nextElementSibling !== place))
      parent.insertBefore(node, place);
  }
}

function replaced(before, item) {
  const node = item.draw();
  node.dataset.id = item.id;
  keys.set(node, item.key);
  if (!before) return node;
  const focused = focusIn(before);
  const stays = before.querySelector(":scope > [data-stays]");
  before.replaceWith(node);
  if (stays) node.append(stays);
  focused?.(node);
  return node;
}

const focusables = (node) => [
  ...node.querySelectorAll("button, input, select, textarea, summary, a[href]"),
];

/** How to find in a node drawn anew what had the focus in `node`; null if nothing had it. */
function focusIn(node) {
  const active = document.activeElement;
  if (!node.contains(active)) return null;
  if (active === node) return (other) => other.focus({ preventScroll: true });
  if (active.closest("[data-stays]")) return () => active.focus({ preventScroll: true });
  const place = focusables(node).indexOf(active);
  return (other) => focusables(other)[place]?.focus({ preventScroll: true });
}

// Brings a list of nodes up to date without touching those that stay as they are.

const keys = new WeakMap();

/**
 * Makes `parent` hold one node for each item `{id, key, draw}`, in order. A node whose key is the
 * same stays, with what was typed in it; one whose key changed is drawn anew and keeps the focus.
 */
export function reconcile(parent, items) {
  const old = new Map([...parent.children].map((node) => [node.dataset.id, node]));
  items.forEach((item, index) => {
    const before = old.get(item.id);
    old.delete(item.id);
    const node = before && keys.get(before) === item.key ? before : replaced(before, item);
    if (parent.children[index] !== node) parent.insertBefore(node, parent.children[index] || null);
  });
  for (const node of old.values()) node.remove();
}

function replaced(before, item) {
  const node = item.draw();
  node.dataset.id = item.id;
  keys.set(node, item.key);
  if (!before) return node;
  const place = focusPlace(before);
  before.replaceWith(node);
  if (place !== null) focusables(node)[place]?.focus();
  return node;
}

const focusables = (node) => [
  ...node.querySelectorAll("button, input, select, textarea, summary, a[href]"),
];

function focusPlace(node) {
  return node.contains(document.activeElement)
    ? focusables(node).indexOf(document.activeElement)
    : null;
}

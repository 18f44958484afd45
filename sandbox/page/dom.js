// Makes elements. Data reaches the page as text nodes and attributes only, never as markup.

/**
 * A new element: `el("p.note", {title}, "words")`. The properties, which may be left out: `class`,
 * `on: {event: listener}`, and attributes (true sets one, false, null and undefined leave it out).
 * Children: nodes, strings, arrays of them; null is left out.
 */
export function el(what, ...parts) {
  const [tag, ...classes] = what.split(".");
  const node = document.createElement(tag);
  const props = parts[0]?.constructor === Object ? parts.shift() : {};
  if (classes.length) node.className = classes.join(" ");
  for (const [name, value] of Object.entries(props)) {
    if (value === false || value === null || value === undefined) continue;
    if (name === "on") listen(node, value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...parts.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return node;
}

function listen(node, listeners) {
  for (const [event, listener] of Object.entries(listeners)) node.addEventListener(event, listener);
}

/** Tells screen readers which row of its list a box has reached, and brings it into sight. */
export function reached(box, row) {
  if (row) box.setAttribute("aria-activedescendant", row.id);
  else box.removeAttribute("aria-activedescendant");
  row?.scrollIntoView({ block: "nearest" });
}

/** An element that eyes skip and screen readers read. */
export const spoken = (text) => el("span.spoken", text);

let lastId = 0;

/** An id that no other element has. */
export const freshId = (stem) => `${stem}-${(lastId += 1)}`;

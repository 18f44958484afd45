// Makes elements. Data reaches the page as text nodes and attributes only, never as markup.

/**
 * A new element. `props`: `class`, `on: {event: listener}`, and attributes (true sets one, false,
 * null and undefined leave it out). Children: nodes, strings, arrays of them; null is left out.
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === false || value === null || value === undefined) continue;
    if (name === "on") listen(node, value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return node;
}

function listen(node, listeners) {
  for (const [event, listener] of Object.entries(listeners)) node.addEventListener(event, listener);
}

/** An element that eyes skip and screen readers read. */
export const spoken = (text) => el("span", { class: "spoken" }, text);

let lastId = 0;

/** An id that no other element has. */
export const freshId = (stem) => `${stem}-${(lastId += 1)}`;

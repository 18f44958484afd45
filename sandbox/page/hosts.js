// Where blocks stand: in a message or in a view. A host keeps what was typed and sends what was pressed.

import { refused, send } from "./api.js";

/** The host of a message's blocks. */
export function messageHost(app, channel, message) {
  return host(app, `${channel}/${message.ts}`, { channel, ts: message.ts }, message.blocks);
}

/** The host of a view's blocks; `errors` are the sentences under its fields, by block id. */
export function viewHost(app, view, errors = {}) {
  const own = host(app, view.id, { view_id: view.id }, view.blocks);
  const held = (block, one) => view.state?.values?.[block.block_id]?.[one.action_id];
  // What this page was not told, the sandbox may know: from before a reload, or from another page.
  const kept = (block, one) => own.kept(block, one) ?? valueOf(held(block, one));
  return { ...own, held, kept, errors };
}

/** The value in an entry of a view's state; undefined where it has none that can be shown. */
function valueOf(state) {
  const entries = Object.entries(state || {}).filter(([name]) => name !== "type");
  const [name, value] = entries[0] || [];
  if (name === undefined || name === "rich_text_value") return undefined;
  if (name === "selected_option") return value?.value ?? "";
  return name === "selected_options" ? value.map((option) => option.value) : (value ?? "");
}

function host(app, key, where, blocks) {
  const values = app.typedIn(key);
  if (forget(values, blocks)) app.keepTyped(key);
  const address = (one, block) => ({
    user: app.world.viewer.id,
    ...where,
    action_id: one.action_id,
    block_id: block.block_id,
  });
  return {
    world: app.world,
    kept: (block, one) => values[block.block_id]?.[one.action_id],
    keep: (block, one, value) => {
      values[block.block_id] = { ...values[block.block_id], [one.action_id]: value };
      app.keepTyped(key);
    },
    press: (one, block, extra, node) => {
      const body = address(one, block);
      if (one.value !== undefined) body.value = one.value;
      if (Object.keys(values).length) body.values = values;
      return app.act("click", { ...body, ...extra }, node);
    },
    options: (one, block, value) => asked("options", { ...address(one, block), value }),
  };
}

/** The app's answer; null if it gave none. */
async function asked(call, body) {
  try {
    return await send(call, body);
  } catch (error) {
    refused(error);
    return null;
  }
}

/** What was typed in fields that are gone goes with them; answers whether something went. */
function forget(values, blocks) {
  let isLess = false;
  for (const [blockId, fields] of Object.entries(values)) {
    const block = blocks.find((one) => one.block_id === blockId);
    const elements = block ? [block.element, block.accessory, ...(block.elements || [])] : [];
    const known = new Set(elements.map((one) => one?.action_id));
    const gone = Object.keys(fields).filter((actionId) => !known.has(actionId));
    for (const actionId of gone) delete fields[actionId];
    if (Object.keys(fields).length === 0) delete values[blockId];
    isLess ||= gone.length > 0;
  }
  return isLess;
}

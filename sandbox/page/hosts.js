// Where blocks stand: in a message or in a view. A host keeps what was typed and sends what was pressed.

/** The host of a message's blocks. */
export function messageHost(app, channel, message) {
  return host(app, `${channel}/${message.ts}`, { channel, ts: message.ts }, message.blocks);
}

/** The host of a view's blocks; `errors` are the sentences under its fields, by block id. */
export function viewHost(app, view, errors = {}) {
  return { ...host(app, view.id, { view_id: view.id }, view.blocks), errors };
}

function host(app, key, where, blocks) {
  const values = app.typedIn(key);
  if (forget(values, blocks)) app.keepTyped(key);
  return {
    world: app.world,
    kept: (block, one) => values[block.block_id]?.[one.action_id],
    keep: (block, one, value) => {
      values[block.block_id] = { ...values[block.block_id], [one.action_id]: value };
      app.keepTyped(key);
    },
    press: (one, block, extra, node) => {
      const body = {
        user: app.world.viewer.id,
        ...where,
        action_id: one.action_id,
        block_id: block.block_id,
      };
      if (one.value !== undefined) body.value = one.value;
      if (Object.keys(values).length) body.values = values;
      return app.act("click", { ...body, ...extra }, node);
    },
  };
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

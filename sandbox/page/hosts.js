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
  forget(values, blocks);
  return {
    world: app.world,
    kept: (block, one) => values[block.block_id]?.[one.action_id],
    keep: (block, one, value) => {
      values[block.block_id] = { ...values[block.block_id], [one.action_id]: value };
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

/** What was typed in fields that are gone goes with them. */
function forget(values, blocks) {
  for (const [blockId, fields] of Object.entries(values)) {
    const block = blocks.find((one) => one.block_id === blockId);
    const elements = block ? [block.element, block.accessory, ...(block.elements || [])] : [];
    const known = new Set(elements.map((one) => one?.action_id));
    for (const actionId of Object.keys(fields)) if (!known.has(actionId)) delete fields[actionId];
    if (Object.keys(fields).length === 0) delete values[blockId];
  }
}

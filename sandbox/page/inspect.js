// What lies behind a message, a modal or a Home tab: its JSON, checked against Slack's limits.

import { refused, send } from "./api.js";
import { iconButton } from "./buttons.js";
import { el, freshId } from "./dom.js";
import { icon } from "./icons.js";
import { copy, jsonBox } from "./json.js";

/**
 * The items of a message's menu: `{id, words, press(node)}`; those whose `press` is null are only
 * read.
 */
export function messageMenu(app, message) {
  const raw = {
    id: "raw",
    words: "Raw JSON",
    press: () => inspect(app, "Raw JSON of this message", plain(message), { surface: "message" }),
  };
  const link = {
    id: "link",
    words: "Copy link",
    press: () => copy(app, linkTo(app, message), "Link"),
  };
  return [raw, link, ...pinItems(app, message), ...shortcutItems(app, message)];
}

/** A small button that shows the JSON of a view, for the heads of modals and of the Home tab. */
export function inspectButton(app, words, view, surface) {
  const title = `Raw JSON of this ${words}`;
  const press = () => inspect(app, title, view(), { surface });
  return iconButton("code", title, press, { class: "icon-button inspect", title: "Raw JSON" });
}

/** The message as the app posted it, without what the sandbox added for this page. */
function plain(message) {
  const { ephemeral_to: _, pinned: __, ...rest } = message;
  return rest;
}

function linkTo(app, message) {
  const hash = new URLSearchParams({ as: app.viewerId, at: app.place });
  if (message.thread_ts && message.thread_ts !== message.ts) hash.set("thread", message.thread_ts);
  hash.set("ts", message.ts);
  return `${location.origin}${location.pathname}#${hash}`;
}

function pinItems(app, message) {
  if (!message.pinned) return [];
  // People of this Slack pin nothing by themselves.
  const who = app.world.bot ? ` by ${app.world.nameOf(app.world.bot)}` : "";
  return [{ id: "pin", words: `Pinned${who}`, press: null }];
}

function shortcutItems(app, message) {
  if (message.ephemeral_to) return [];
  const { facts, viewer } = app.world;
  const offered = (facts.app?.shortcuts || []).filter((one) => one.type === "message");
  return offered.map((one) => ({
    id: `shortcut-${one.callback_id}`,
    words: one.name,
    press: (node) =>
      app.act(
        "shortcut",
        {
          user: viewer.id,
          channel: message.channel || app.channel,
          ts: message.ts,
          callback_id: one.callback_id,
        },
        node,
      ),
  }));
}

/** Opens a dialog with `value` as JSON, its blocks checked as the Web API would. */
export function inspect(app, heading, value, { surface }) {
  const titleId = freshId("inspect");
  const verdict = el("div", { class: "verdict", role: "status" });
  const before = document.activeElement;
  const dialog = el("dialog", { class: "modal inspect-dialog", "aria-labelledby": titleId });
  const close = () => {
    dialog.remove();
    if (before?.isConnected) before.focus();
  };
  dialog.append(
    el("header", el("h2", { id: titleId }, heading), iconButton("close", "Close", close)),
    el("div.modal-body", verdict, jsonBox(app, "JSON", value)),
  );
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    close();
  });
  document.body.append(dialog);
  dialog.showModal();
  return check(value.blocks || [], surface, verdict);
}

async function check(blocks, surface, node) {
  if (!blocks.length) {
    node.append(el("p.quiet-words", "It has no blocks to check."));
    return;
  }
  try {
    const { problems, notes, counts } = await send("check", { blocks, surface });
    node.append(countsOf(counts), problemsOf(problems), listOf(notes, "notes"));
  } catch (error) {
    refused(error);
    node.append(el("p.problem", error.message));
  }
}

function countsOf(counts) {
  const lines = Object.entries(counts || {}).map(([what, [count, most]]) =>
    el(
      "div.limit-line",
      el("span", `${what[0].toUpperCase()}${what.slice(1)}`),
      el("meter", { min: 0, max: most, value: count, high: most * 0.9, "aria-label": what }),
      el("span.figures", `${number(count)} of ${number(most)}`),
    ),
  );
  return el("div.counts", lines);
}

const number = (value) => Number(value).toLocaleString("en");

function problemsOf(problems) {
  if (!problems.length)
    return el("p.all-well", icon("check"), " ", "Slack would take these blocks.");
  return listOf(problems, "problems");
}

function listOf(found, name) {
  const items = found.map(({ where, what }) =>
    el("li", el("code", where), " ", el("span", what)),
  );
  return el("ul", { class: name }, items);
}

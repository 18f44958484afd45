// What can be done with a message: a bar on the message that is pointed at or has the focus.

import { choose } from "./choose.js";
import { confirmed } from "./confirm.js";
import { el } from "./dom.js";
import { emoji } from "./emoji.js";
import { icon } from "./icons.js";
import { messageMenu } from "./inspect.js";
import { pickReaction, react } from "./reactions.js";

const QUICK = ["+1", "white_check_mark", "eyes", "pushpin"];

/** Watches a list of messages. There is one bar for all, so that long lists stay light. */
export function messageTools(app, listNode, { inThread }) {
  const bar = el("div", {
    class: "tools",
    role: "toolbar",
    "aria-label": "Message actions",
    "data-stays": true,
  });
  let shown = null;
  const isHeld = () => bar.querySelector('[aria-expanded="true"], :focus-visible');
  const place = (row) => {
    const message = row && app.board?.find(row.dataset.ts);
    if (!message || (row === bar.parentNode && shown === message)) return;
    shown = message;
    bar.replaceChildren(...buttons(app, message, inThread));
    row.append(bar);
  };
  bar.addEventListener("keydown", along);
  listNode.addEventListener("pointerover", (event) => {
    if (!isHeld()) place(event.target.closest(".message"));
  });
  listNode.addEventListener("pointerleave", () => {
    if (!isHeld() && !bar.parentNode?.contains(document.activeElement)) bar.remove();
  });
  listNode.addEventListener("focusin", (event) => {
    if (!bar.contains(event.target)) place(event.target.closest(".message"));
  });
}

function buttons(app, message, inThread) {
  const more = button("More actions", icon("more"), () => openMenu(app, message, more));
  if (message.ephemeral_to) return [more];
  const add = button("Add a reaction", icon("smile"), () => pickReaction(app, message, add));
  const quick = QUICK.map((name) =>
    button(`React with ${name.replaceAll("_", " ")}`, emoji(name), () =>
      react(app, message, name, false),
    ),
  );
  const reply = button("Reply in thread", icon("reply"), () =>
    app.openThread(message.thread_ts || message.ts),
  );
  for (const one of [more, add]) one.setAttribute("aria-haspopup", "menu");
  const all = [...quick, add, inThread ? null : reply, more].filter(Boolean);
  for (const one of all.slice(1)) one.tabIndex = -1;
  return all;
}

/** One stop for the Tab key; the arrows lead along the bar. */
function along(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const all = [...event.currentTarget.querySelectorAll(":scope > button")];
  const at = all.indexOf(event.target);
  if (!step || at < 0) return;
  event.preventDefault();
  const next = all[(at + step + all.length) % all.length];
  for (const one of all) one.tabIndex = one === next ? 0 : -1;
  next.focus();
}

const button = (words, sign, press) =>
  el("button", { type: "button", "aria-label": words, title: words, on: { click: press } }, sign);

function openMenu(app, message, anchor) {
  const items = [...ownItems(app, message), ...messageMenu(app, message)];
  choose(anchor, { label: "More actions", items });
}

function ownItems(app, message) {
  if (message.user !== app.viewerId || message.bot_id || message.subtype) return [];
  return [
    { words: "Edit message", press: () => app.edit(message.ts) },
    { words: "Delete message", isGrave: true, press: () => remove(app, message) },
  ];
}

const plain = (words) => ({ type: "plain_text", text: words, emoji: false });

async function remove(app, message) {
  const question = {
    title: plain("Delete message"),
    text: plain("Delete this message? This cannot be undone."),
    confirm: plain("Delete"),
    deny: plain("Cancel"),
    style: "danger",
  };
  if (!(await confirmed(question, app.world))) return;
  await app.act("delete", { channel: app.channel, ts: message.ts, user: app.viewerId });
}

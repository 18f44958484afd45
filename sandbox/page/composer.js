// Where people write: messages, replies and slash commands.

import { Completion } from "./complete.js";
import { el } from "./dom.js";
import { asSent } from "./typing.js";

const MOST_PX = 200;

/** The box under a list: `node`, and `update()` for another place or person. */
export function composer(app, label, { inThread }) {
  const settings = { class: "compose", rows: 1, "aria-label": label, id: inThread ? null : "write" };
  const box = el("textarea", settings);
  const button = el(
    "button",
    { type: "button", class: "button primary send", "aria-label": "Send" },
    "Send",
  );
  const completion = new Completion(app, box, inThread);
  const part = { app, box, inThread, completion, key: null, sending: Promise.resolve() };
  const sendNow = () => {
    completion.close();
    // What is in the box now, whatever place is open by then; one after the other.
    const written = taken(part);
    part.sending = part.sending.then(() => submit(part, written));
  };
  button.addEventListener("click", sendNow);
  box.addEventListener("input", () => {
    app.drafts.keepWords(part.key, box.value);
    fit(box);
    completion.update();
  });
  box.addEventListener("keydown", (event) => keys(event, part, sendNow));
  const frame = el("div.composer-box", box, button);
  const closed = el("p", { class: "closed", hidden: true }, "This channel is archived.");
  const node = el("div.composer", completion.node, frame, closed);
  return { node, update: () => update(part, frame, closed) };
}

/** Another place or person: what was typed there. */
function update(part, frame, closed) {
  const { app, box, inThread } = part;
  const channel = app.world.channel(app.place);
  frame.hidden = Boolean(channel?.is_archived);
  closed.hidden = !frame.hidden;
  const key = `${app.viewerId}/${app.place}/${(inThread && app.thread) || ""}`;
  if (key === part.key && part.age === app.drafts.age) return;
  Object.assign(part, { key, age: app.drafts.age });
  part.completion.close();
  box.value = app.drafts.words(key);
  box.placeholder = inThread ? "Reply" : `Message ${channel ? `#${channel.name}` : botName(app)}`;
  requestAnimationFrame(() => fit(box));
}

const botName = ({ world }) => (world.bot ? world.nameOf(world.bot) : "the app");

function fit(box) {
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight, MOST_PX)}px`;
}

function keys(event, part, sendNow) {
  if (part.completion.key(event) || event.isComposing) return;
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    sendNow();
  } else if (event.key === "ArrowUp" && !part.box.value) {
    const last = lastOwn(part);
    if (!last) return;
    event.preventDefault();
    part.app.edit(last.ts);
    part.app.lookAt(last);
  }
}

function lastOwn({ app, inThread }) {
  const { board, thread, viewerId } = app;
  const messages = inThread ? board.thread(thread, viewerId) : board.roots(viewerId);
  return messages.findLast((one) => one.user === viewerId && !one.subtype && !one.bot_id);
}

/** What is in the box and whereto; the box is empty then. */
function taken({ app, box, key, inThread }) {
  const typed = box.value;
  setWords(app, box, key, "");
  return { typed, key, user: app.viewerId, ...whereto(app, inThread) };
}

function whereto(app, inThread) {
  const channel = app.channel || app.world.bot?.id;
  return inThread ? { channel, thread_ts: app.thread } : { channel };
}

function setWords(app, box, key, words) {
  box.value = words;
  app.drafts.keepWords(key, words);
  fit(box);
}

async function submit(part, { typed, key, ...where }) {
  const { app, box } = part;
  if (!typed.trim()) return;
  const isDone = typed.startsWith("/")
    ? await run(app, where, typed.trim())
    : await app.act("message", { ...where, text: asSent(typed.trim(), app.world) });
  if (isDone) return;
  // What was not sent comes back, unless something else was typed meanwhile.
  if (part.key !== key) app.drafts.keepWords(key, typed);
  else if (!box.value) setWords(app, box, key, typed);
}

async function run(app, { channel, user, thread_ts: thread }, typed) {
  const [, command, text] = /^(\S+)\s*([\s\S]*)$/.exec(typed);
  if (thread) {
    app.note(`${command} is not supported in threads. Sorry!`, thread);
    return false;
  }
  return app.command({ channel, user, command, text });
}

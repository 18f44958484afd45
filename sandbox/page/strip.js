// The line below the top bar while the clock goes on: how far it is, what was said, and Stop.

import { button, iconButton } from "./buttons.js";
import { fullMoment } from "./dates.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { mrkdwn } from "./mrkdwn.js";
import { reconcile } from "./reconcile.js";
import { placeWords } from "./walks.js";

const SHOW_AFTER_MS = 250;
const LINES_SHOWN = 2;
const MOST_WORDS = 160;

/** `node` is the line; `update()` moves it on. `showAll()` is called to see all that was said. */
export function walkStrip(app, walks, node, showAll) {
  const parts = {
    words: el("span", { class: "walk-words", "aria-live": "polite" }),
    bar: el("progress", { max: 1, "aria-label": "How far the clock is" }),
    said: el("ul", { class: "walk-said", "aria-live": "polite" }),
    stop: button({ class: "strip-button" }, () => walks.stop(), icon("stop"), " Stop"),
    all: button({ class: "strip-button" }, showAll, "All that was said"),
    close: iconButton("close", "Close", () => walks.forget()),
  };
  node.append(
    el("div.walk-line", parts.words, parts.bar, parts.stop, parts.all, parts.close),
    parts.said,
  );
  const update = () => show(app, walks, node, parts);
  let timer = null;
  // What is over sooner than it is seen needs no line.
  const soon = () => {
    const isShort = walks.now && !walks.now.isPlay && node.hidden;
    if (!isShort) update();
    else timer ??= setTimeout(() => ((timer = null), update()), SHOW_AFTER_MS);
  };
  walks.listen(soon);
  return { update: soon };
}

function show(app, walks, node, { words, bar, said, stop, all, close }) {
  const walk = walks.now;
  const spoken = walks.said;
  node.hidden = !walk && !walks.ended;
  if (node.hidden) return;
  const shown = walk ? (walk.isStopping ? `${walk.words}: stopping` : walk.words) : walks.ended;
  if (words.textContent !== shown) words.textContent = shown;
  bar.hidden = stop.hidden = !walk;
  all.hidden = spoken.length <= (walk ? LINES_SHOWN : 0);
  close.hidden = Boolean(walk);
  stop.toggleAttribute("disabled", Boolean(walk?.isStopping));
  const part = (app.world.nowMs() - walk?.fromMs) / (walk?.toMs - walk?.fromMs);
  if (Number.isFinite(part)) bar.value = Math.min(1, Math.max(0, part));
  else bar.removeAttribute("value");
  const lines = walk?.isPlay ? spoken.slice(0, LINES_SHOWN) : [];
  reconcile(
    said,
    lines.map((line) => saidItem(app, line)),
  );
}

/** The item (for `reconcile`) of something that was said. */
export function saidItem(app, line) {
  const draw = () => el("li", saidButton(app, line));
  return { id: `${line.channel}/${line.ts}`, key: `${line.ts}/${app.viewerId}`, draw };
}

function saidButton(app, line) {
  const { world } = app;
  const isVisible = line.user
    ? line.user === app.viewerId
    : world.channel(line.channel)?.members.includes(app.viewerId);
  return button(
    { class: "said" },
    () => goTo(app, line),
    el("time", fullMoment(line.ms, world.zone).replace(/ \d{4},/, ",")),
    el("span.said-where", placeWords(app, line.channel)),
    isVisible
      ? el("span.said-words", plainWords(line.words, world))
      : el("span.said-words.unseen", "Only they see it: press to be them."),
  );
}

/** Only the words: inside a button no link may stand. */
function plainWords(text, world) {
  return el("span", mrkdwn(text, world)).textContent.slice(0, MOST_WORDS);
}

async function goTo(app, line) {
  if (line.user) {
    if (line.user !== app.viewerId) await app.become(line.user);
    await app.open("dm");
    return;
  }
  await app.open(line.channel);
  if (line.thread) app.openThread(line.thread);
}

// The messages of each place that was opened, brought up to date by what changed and nothing else.

import { read, refused } from "./api.js";
import { lane } from "./lane.js";

const FIRST_PAGE = 200; // enough for the window; older ones follow
const PAGE = 2500;

export const isReply = (message) => Boolean(message.thread_ts) && message.thread_ts !== message.ts;

/** What was said in one place. `query` is `{channel}`, or `{user}` for direct messages with the app. */
export class Board {
  messages = []; // in the order of their ts
  version = 0; // rises with every change here
  isRead = false;
  #revision = null; // of the server; null before the first reading
  #oldest = null; // older ones are still to come; null when there are none
  #isReadingOlder = false;

  constructor(query) {
    this.query = query;
    this.bring = lane(() => this.#bring());
  }

  /** What `viewerId` sees in the place itself: no replies, nothing that is for others. */
  roots(viewerId) {
    const isShown = (one) =>
      isSeenBy(one, viewerId) && (!isReply(one) || one.subtype === "thread_broadcast");
    return this.messages.filter(isShown);
  }

  /** A message and its replies. */
  thread(ts, viewerId) {
    const isShown = (one) => (one.ts === ts || one.thread_ts === ts) && isSeenBy(one, viewerId);
    return this.messages.filter(isShown);
  }

  find(ts) {
    const at = this.#indexOf(ts);
    return this.messages[at]?.ts === ts ? this.messages[at] : undefined;
  }

  get pinned() {
    return this.messages.filter((one) => one.pinned);
  }

  /** Shows a sentence of Slack itself to one person. It is gone when the page is read anew. */
  note(text, { viewerId, nowMs, thread }) {
    const last = Number(this.messages.at(-1)?.ts || 0);
    const note = {
      ts: Math.max(nowMs / 1000, last + 1e-6).toFixed(6),
      bot_id: "slackbot",
      username: "Slackbot",
      text,
      ephemeral_to: viewerId,
    };
    this.#take([thread ? { ...note, thread_ts: thread } : note]);
  }

  async #bring() {
    const isFirst = this.#revision === null;
    const more = isFirst ? { limit: FIRST_PAGE } : { after: this.#revision };
    const found = await read("messages", { ...this.query, ...more });
    if (found.whole) [this.messages, this.#oldest] = [[], null];
    this.#take(found.messages, found.gone);
    this.#revision = found.channel ? found.revision : null;
    this.isRead = true;
    if (found.more) this.#oldest = this.messages[0].ts;
    if (this.#oldest) this.#bringOlder();
  }

  /** Reads what lies before the first page, page by page, while the first one is looked at. */
  async #bringOlder() {
    if (this.#isReadingOlder) return;
    this.#isReadingOlder = true;
    try {
      while (this.#oldest) await this.#bringPage(this.#oldest);
    } catch (error) {
      refused(error); // tried again with the next news
    } finally {
      this.#isReadingOlder = false;
    }
  }

  async #bringPage(before) {
    const found = await read("messages", { ...this.query, limit: PAGE, before });
    // News came past while the page was on its way: it may show what is changed or gone by now.
    if (found.revision < this.#revision || before !== this.#oldest) return;
    this.messages = found.messages.concat(this.messages);
    this.#oldest = found.more ? this.messages[0].ts : null;
    this.version += 1;
    this.onOlder?.();
  }

  #take(changed, gone = []) {
    for (const message of changed) {
      if (this.#oldest && message.ts < this.#oldest) continue; // comes with its page
      const at = this.#indexOf(message.ts);
      const isNew = this.messages[at]?.ts !== message.ts;
      this.messages.splice(at, isNew ? 0 : 1, message);
    }
    for (const ts of gone) {
      const at = this.#indexOf(ts);
      if (this.messages[at]?.ts === ts) this.messages.splice(at, 1);
    }
    if (changed.length || gone.length) this.version += 1;
  }

  /** Where `ts` stands, or would stand. Every ts is equally long, so that its text tells the order. */
  #indexOf(ts) {
    let [low, high] = [0, this.messages.length];
    if (high && this.messages[high - 1].ts < ts) return high;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.messages[middle].ts < ts) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const isSeenBy = (message, viewerId) => !message.ephemeral_to || message.ephemeral_to === viewerId;

/** The boards by place. `onOlder` is called when older messages arrived by themselves. */
export class Boards {
  #boards = new Map();

  constructor(onOlder) {
    this.onOlder = onOlder;
  }

  /** The board of a channel, or of a person's direct messages with the app. */
  of(query) {
    const key = query.channel || `dm/${query.user}`;
    if (!this.#boards.has(key)) {
      const board = new Board(query);
      board.onOlder = this.onOlder;
      this.#boards.set(key, board);
    }
    return this.#boards.get(key);
  }
}

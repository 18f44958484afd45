// How far the acting person has read, as the server remembers it.

import { read, send } from "./api.js";
import { lane } from "./lane.js";

const NOTHING = { read: null, unread: 0, mentions: 0 };

export class Marks {
  #channels = {};
  #threads = {};
  #told = new Map(); // what was last reported as seen

  constructor(viewerId) {
    this.viewerId = viewerId;
    this.bring = lane(() => this.#bring());
  }

  async #bring() {
    const found = await read("marks", { user: this.viewerId });
    this.#channels = found.channels;
    this.#threads = found.threads;
  }

  /** `{read, unread, mentions}` of a channel; `read` is a ts, or null for who was never there. */
  of(channel) {
    return this.#channels[channel] || NOTHING;
  }

  /** `{read, unread}` of a thread. */
  ofThread(channel, ts) {
    return this.#threads[`${channel}/${ts}`] || NOTHING;
  }

  /** Tells that the person had everything up to `ts` before the eyes; once for each ts. */
  async saw(channel, ts, thread = null) {
    const mark = thread ? this.ofThread(channel, thread) : this.of(channel);
    const key = `${channel}/${thread}`;
    const isOld = (mark.read && mark.read >= ts) || (this.#told.get(key) || "") >= ts;
    if (!mark.unread || isOld) return;
    this.#told.set(key, ts);
    const body = { user: this.viewerId, channel, ts };
    await send("seen", thread ? { ...body, thread_ts: thread } : body);
    await this.bring();
  }
}

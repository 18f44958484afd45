// Moves the clock as people wish: by a step, to a moment, to the next event, through a week; draws nothing.

import { Refused, read, send } from "./api.js";
import { fullMoment, zoneName } from "./dates.js";

const MOST_STOPS = 20; // so many events may go by unseen
const PLACES_NAMED = 3;
const WEEK_MS = 7 * 86_400_000;
const PAUSE_MS = 1000; // at each event of a played week at which something was said
const NEWEST = 20; // of a place's messages, those looked through for what was just said
const MOST_SAID = 300;

/**
 * The walks of one page. `now` is null or `{words, fromMs, toMs, isPlay}`; `said` lists what was said
 * in the last played week, the newest first: `{ms, channel, user, ts, words}`.
 */
export class Walks {
  now = null;
  said = [];
  ended = null; // a sentence about the played week that ended
  #isStopped = false;
  #isElsewhere = false; // another world was loaded meanwhile
  #listeners = new Set();

  constructor(app) {
    this.app = app;
    app.listen("world", ({ reset }) => reset && this.leave());
  }

  listen(callback) {
    this.#listeners.add(callback);
  }

  #tell() {
    for (const callback of this.#listeners) callback();
  }

  forget() {
    this.said = [];
    this.ended = null;
    this.#tell();
  }

  /** Another world comes: nothing of this one is to go on in it. */
  leave() {
    this.#isStopped = this.#isElsewhere = true;
    this.forget();
  }

  /** Moves to a moment in milliseconds. */
  to(ms, words) {
    return this.#walk({ words, toMs: ms }, () => this.#move({ now: new Date(ms).toISOString() }));
  }

  /** Moves by an ISO 8601 length of `lengthMs`. */
  by(advance, lengthMs, words) {
    const toMs = this.app.world.nowMs() + lengthMs;
    return this.#walk({ words, toMs }, () => this.#move({ advance }));
  }

  /** Moves from event to event until a message changed, and says where. */
  toNextEvent() {
    const due = Date.parse(this.app.world.facts.next_due);
    return this.#walk({ words: "To the next event", toMs: due }, async () => {
      const changed = await this.#untilChanged();
      await this.app.refresh("world", "messages", "views");
      if (!this.#isStopped) this.app.screen.toast(this.#movedTo(changed));
    });
  }

  /** Walks seven days from event to event, with a pause wherever something was said. */
  playWeek() {
    const toMs = this.app.world.nowMs() + WEEK_MS;
    this.said = [];
    this.ended = null;
    return this.#walk({ words: "Playing the week", toMs, isPlay: true }, async () => {
      await this.#play(toMs);
      this.ended = this.#isElsewhere ? null : this.#told();
    });
  }

  /** Ends the walk, of this page or another, after the stop at which it is. */
  async stop() {
    this.#isStopped = true;
    if (this.now) this.now = { ...this.now, isStopping: true };
    this.#tell();
    // A walk that ended meanwhile is ended, which is what was wanted.
    await send("clock", { stop: true }).catch((error) => {
      if (!(error instanceof Refused)) throw error;
    });
  }

  async #walk(walk, go) {
    if (this.now) return;
    this.#isStopped = this.#isElsewhere = false;
    this.now = { fromMs: this.app.world.nowMs(), ...walk };
    this.#tell();
    try {
      await go();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.app.screen.toast(error.message);
    } finally {
      this.now = null;
      this.#tell();
    }
  }

  #move(body) {
    return this.app.act("clock", body);
  }

  /** One move of several; whoever stops it stops them all. */
  async #hop(body) {
    const answer = await send("clock", body);
    this.#isStopped ||= answer.stopped;
    return answer;
  }

  async #untilChanged() {
    for (let stop = 0; stop < MOST_STOPS && !this.#isStopped; stop += 1) {
      const { now, next_due: due } = await read("world");
      if (stop && !due) break;
      const { changed } = await this.#hop(onward(now, due));
      if (changed.length) return changed;
    }
    return [];
  }

  async #play(toMs) {
    while (!this.#isStopped) {
      const { now, next_due: due } = await read("world");
      const nowMs = Date.parse(now);
      if (nowMs >= toMs) return;
      const isLast = !due || Date.parse(due) >= toMs;
      const body = isLast ? { now: new Date(toMs).toISOString() } : onward(now, due);
      const { changed } = await this.#hop(body);
      const said = await this.#saidSince(nowMs, changed);
      if (said.length && !this.#isElsewhere) {
        this.said = [...said.reverse(), ...this.said].slice(0, MOST_SAID);
        this.#tell();
        await this.#pause();
      }
      if (isLast && !this.#isStopped) return;
    }
  }

  #pause() {
    return new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }

  async #saidSince(ms, channels) {
    const found = await Promise.all(channels.map((channel) => newest(channel)));
    const isNew = (one) => Number(one.ts) * 1000 > ms && !one.ephemeral_to;
    const lines = found.flatMap((messages, index) =>
      messages.filter(isNew).map((one) => this.#line(channels[index], one)),
    );
    return lines.sort((one, other) => Number(one.ts) - Number(other.ts));
  }

  #line(channel, message) {
    const { world } = this.app;
    const im = world.facts.ims?.find((one) => one.id === channel);
    return {
      ms: Number(message.ts) * 1000,
      ts: message.ts,
      thread: message.thread_ts && message.thread_ts !== message.ts ? message.thread_ts : null,
      channel,
      user: im?.user || null,
      words: message.text || "",
    };
  }

  #told() {
    const count = this.said.length;
    const places = new Set(this.said.map((one) => one.channel)).size;
    const span = this.#isStopped ? "Stopped" : "The week went by";
    if (!count) return `${span}. Nothing was said.`;
    return `${span}. ${many(count, "message")} in ${many(places, "place")}.`;
  }

  #movedTo(changed) {
    const { world } = this.app;
    const now = world.nowMs();
    const moment = `It is ${fullMoment(now, world.zone)}, ${zoneName(now, world.zone)}`;
    if (!changed.length) return `${moment}. No message changed on the way.`;
    const places = changed.slice(0, PLACES_NAMED).map((id) => placeWords(this.app, id));
    const more = changed.length - places.length;
    return `${moment}. News ${places.join(", ")}${more ? `, and in ${more} more` : ""}.`;
  }
}

/** It may have come nearer, or gone by, since it was last read. */
function onward(now, due) {
  return due && Date.parse(due) > Date.parse(now) ? { now: due } : { advance: "PT0S" };
}

async function newest(channel) {
  const query = { channel, limit: NEWEST };
  return (await read("messages", query).catch(() => ({ messages: [] }))).messages;
}

const many = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

/** Where a message is, as in "in #ops", "for you" or "for Ana Reyes". */
export function placeWords(app, id) {
  const { world } = app;
  const channel = world.channel(id);
  if (channel) return `in #${channel.name}`;
  const im = world.facts.ims?.find((one) => one.id === id);
  if (!im) return "elsewhere";
  if (im.user === app.viewerId) return "for you";
  const user = world.user(im.user);
  return user ? `for ${world.nameOf(user)}` : "elsewhere";
}

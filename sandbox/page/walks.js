// Moves the clock as people wish: by a step, to a moment, to the next event, through a week; draws nothing.

import { fullMoment, zoneName } from "./dates.js";

const PLACES_NAMED = 3;
const MOVED = "The clock is being moved";
const CLOSED = "closed play";
const WEEK_MS = 7 * 86_400_000;

/** What moves the clock: a move of this page, or what the server says goes on, whoever began it. */
export class Walks {
  #own = null; // {words} of a move of this page
  #isStopped = false;
  #listeners = new Set();

  constructor(app) {
    this.app = app;
  }

  get #facts() {
    return this.app.world.facts.walk;
  }

  /** Null or `{words, fromMs, toMs, isPlay, isStopping}`. */
  get now() {
    const walk = this.#facts;
    if (!["going", "stopping"].includes(walk?.state))
      return this.#own || (this.app.world.facts.walking ? { words: MOVED } : null);
    const isPlay = walk.kind === "play";
    return {
      words: isPlay ? `Playing ${spanOf(walk)}` : this.#own?.words || MOVED,
      fromMs: Date.parse(walk.from),
      toMs: Date.parse(walk.to),
      isPlay,
      isStopping: walk.state === "stopping" || this.#isStopped,
    };
  }

  /** What was said in the last play, the newest first: `{ms, channel, user, ts, thread, words}`. */
  get said() {
    return (this.#facts?.said || []).map((one) => this.#line(one));
  }

  /** A sentence about the last play once it is over and until it is closed, else null. */
  get ended() {
    const walk = this.#facts;
    const words = walk && endOf(walk);
    if (!words || sessionStorage.getItem(CLOSED) === playOf(walk)) return null;
    if (!walk.messages) return `${words}. Nothing was said.`;
    return `${words}. ${many(walk.messages, "message")} in ${many(walk.places, "place")}.`;
  }

  listen(callback) {
    this.#listeners.add(callback);
  }

  #tell() {
    for (const callback of this.#listeners) callback();
  }

  /** Closes the sentence about the play that ended. */
  forget() {
    sessionStorage.setItem(CLOSED, playOf(this.#facts));
    this.#tell();
  }

  /** Moves to a moment in milliseconds. */
  to(ms, words) {
    return this.#walk(words, { now: new Date(ms).toISOString() });
  }

  /** Moves by an ISO 8601 length. */
  by(advance, words) {
    return this.#walk(words, { advance });
  }

  /** Moves from event to event until a message changed, and says where. */
  async toNextEvent() {
    const answer = await this.#walk("To the next event", { next: true });
    if (!answer?.changed) return;
    await this.app.refresh("world");
    if (!answer.stopped) this.app.screen.toast(this.#movedTo(answer.changed));
  }

  /** Lets the server play seven days event by event, with a pause wherever something was said. */
  playWeek() {
    return this.#walk("Playing the week", { play: "P7D" });
  }

  /** Ends what moves the clock, whoever began it, after the stop at which it is. */
  async stop() {
    this.#isStopped = true;
    this.#tell();
    await this.app.act("clock", { stop: true });
    this.#isStopped = false;
    this.#tell();
  }

  async #walk(words, body) {
    if (this.#own || this.now?.isPlay) return null;
    this.#own = { words };
    this.#isStopped = false;
    this.#tell();
    const answer = await this.app.act("clock", body);
    if (body.play) await this.app.refresh("world");
    this.#own = null;
    this.#tell();
    return answer;
  }

  #line({ channel, ts, thread_ts: thread = null, text }) {
    const im = this.app.world.facts.ims?.find((one) => one.id === channel);
    return { ms: Number(ts) * 1000, ts, thread, channel, user: im?.user || null, words: text };
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

const spanOf = ({ from, to }) => (Date.parse(to) - Date.parse(from) === WEEK_MS ? "the week" : "on");

const endOf = (walk) =>
  ({
    reached: spanOf(walk) === "on" ? "The time went by" : "The week went by",
    stopped: "Stopped",
    stuck: "Stopped, because the app did not get done",
  })[walk.state];

const playOf = ({ from, play }) => `${from}/${play}`;

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

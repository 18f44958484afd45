// What the page knows and does: who acts, which place is open, what to read anew; drawing is elsewhere.

import { Refused, follow, read, send } from "./api.js";
import { fullMoment, zoneName } from "./dates.js";
import { World } from "./world.js";

const QUIET_MS = 150; // news that come thick are read together
const ANSWER_MS = 4000; // so long what arrives may be the answer to an own act
const MOST_STOPS = 20; // so many events may go by unseen
const PLACES_NAMED = 3;
const CLOSED = "closed guide";

export class App {
  world = null;
  place = null; // a channel's id, "dm" or "home"
  thread = null; // the ts of the message whose replies are open
  messages = [];
  views = { modals: [], home: null };
  guide = null;
  unread = new Set();
  online = true;
  #typed = new Map();
  #stale = new Set();
  #reading = null;
  #news = new Set();
  #since = 0; // threads are new from the moment the page was opened
  #seen = new Map();
  #actedAt = -Infinity;
  #listeners = new Map(); // kind -> callbacks

  /** `screen` draws: `all()`, `toast(sentence)`. */
  constructor(screen) {
    this.screen = screen;
  }

  async start() {
    const wanted = new URLSearchParams(location.hash.slice(1));
    this.guide = await read("guide").catch(() => null);
    this.#setWorld(await read("world"), wanted.get("as") || this.guide?.user);
    this.place = this.#placeOrFirst(wanted.get("at") || this.guide?.channel);
    this.thread = wanted.get("thread");
    this.#since = this.world.nowMs() / 1000;
    follow(
      (event) => this.#heard(event),
      (up) => this.#line(up),
    );
    await this.refresh("messages", "views");
  }

  /**
   * Calls `callback(event)` for each event of that kind, and with `{kind, missed: true}` when the line
   * is back after it was down. Answers a function that ends it.
   */
  listen(kind, callback) {
    if (!this.#listeners.has(kind)) this.#listeners.set(kind, new Set());
    this.#listeners.get(kind).add(callback);
    return () => this.#listeners.get(kind).delete(callback);
  }

  #tell(event) {
    for (const callback of this.#listeners.get(event.kind) || []) callback(event);
  }

  /** The channel whose messages are open; null in Home, or before the first direct message. */
  get channel() {
    if (this.place === "home") return null;
    return this.place === "dm" ? this.world.dmId() : this.place;
  }

  /** What was typed under `key`, by block id and action id; it lives as long as the page. */
  typedIn(key) {
    const whose = `${this.world.viewer.id}/${key}`;
    if (!this.#typed.has(whose)) this.#typed.set(whose, {});
    return this.#typed.get(whose);
  }

  /** Whether something that arrives now may be the answer to what the person did. */
  get hasJustActed() {
    return performance.now() - this.#actedAt < ANSWER_MS;
  }

  get guideIsClosed() {
    return sessionStorage.getItem(CLOSED) === JSON.stringify(this.guide);
  }

  closeGuide(isClosed) {
    sessionStorage.setItem(CLOSED, isClosed ? JSON.stringify(this.guide) : "");
    this.screen.all();
  }

  /** How many replies of others the acting person has not had before the eyes. */
  newReplies({ ts, reply_count: count }) {
    if (!count || ts === this.thread) return 0;
    const seen = this.#seen.get(this.#threadKey(ts)) || this.#since;
    const isNew = (one) =>
      one.thread_ts === ts && one.ts !== ts && Number(one.ts) > seen && one.user !== this.viewerId;
    return this.messages.filter(isNew).length;
  }

  get viewerId() {
    return this.world.viewer?.id;
  }

  #threadKey(ts) {
    return `${this.viewerId}/${this.channel}/${ts}`;
  }

  #leaveThread() {
    if (!this.thread) return;
    const replies = this.messages.filter((one) => one.thread_ts === this.thread);
    const last = Math.max(this.world.nowMs() / 1000, ...replies.map((one) => Number(one.ts)));
    this.#seen.set(this.#threadKey(this.thread), last);
  }

  async become(userId) {
    this.#leaveThread();
    this.thread = null;
    this.#setWorld(this.world.facts, userId);
    this.#show(this.#placeOrFirst(this.place), null);
    await this.#opened();
  }

  async open(place) {
    this.#show(place, null);
    await this.#opened();
  }

  openThread(ts) {
    this.#show(this.place, ts);
    this.screen.all();
  }

  /**
   * Does something; a refusal becomes a toast. Answers what the server said, or null if nothing was
   * done; what the app did not acknowledge in time was done all the same. Refusals whose codes are
   * `harmless` are not spoken of.
   */
  async act(call, body, node = null, harmless = []) {
    node?.setAttribute("aria-busy", "true");
    if (call !== "clock") this.#actedAt = performance.now();
    try {
      const answer = await send(call, body);
      await this.refresh("messages", "views", "world");
      return answer;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (!harmless.includes(error.code)) this.screen.toast(error.message);
      const mayBeDone = error.code === "operation_timeout" || harmless.includes(error.code);
      if (mayBeDone) this.refresh("messages", "views", "world");
      return error.code === "operation_timeout" ? {} : null;
    } finally {
      node?.removeAttribute("aria-busy");
    }
  }

  /** Moves the clock from event to event until a message changed, and says where. */
  async nextEvent(node) {
    node.setAttribute("aria-busy", "true");
    try {
      const changed = await this.#moveUntilChanged();
      await this.refresh("world", "messages", "views");
      this.screen.toast(this.#movedTo(changed));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.screen.toast(error.message);
    } finally {
      node.removeAttribute("aria-busy");
    }
  }

  async #moveUntilChanged() {
    for (let stop = 0; stop < MOST_STOPS; stop += 1) {
      const { now, next_due: due } = await read("world");
      if (stop && !due) break;
      // It may have come nearer, or gone by, since it was last read.
      const isAhead = due && Date.parse(due) > Date.parse(now);
      const { changed } = await send("clock", isAhead ? { now: due } : { advance: "PT0S" });
      if (changed.length) return changed;
    }
    return [];
  }

  #movedTo(changed) {
    const now = this.world.nowMs();
    const moment = `It is ${fullMoment(now, this.world.zone)}, ${zoneName(now, this.world.zone)}`;
    if (!changed.length) return `${moment}. No message changed on the way.`;
    const places = changed.slice(0, PLACES_NAMED).map((id) => this.#placeName(id));
    const more = changed.length - places.length;
    return `${moment}. News ${places.join(", ")}${more ? `, and in ${more} more` : ""}.`;
  }

  #placeName(id) {
    const channel = this.world.channel(id);
    if (channel) return `in #${channel.name}`;
    const im = this.world.facts.ims?.find((one) => one.id === id);
    if (!im) return "elsewhere";
    return im.user === this.viewerId ? "for you" : `for ${this.world.nameOf(this.world.user(im.user))}`;
  }

  /** Reads `"world"`, `"messages"`, `"views"`, `"guide"` anew and draws; calls meanwhile are joined. */
  refresh(...kinds) {
    for (const kind of kinds) this.#stale.add(kind);
    this.#reading ??= this.#readStale();
    return this.#reading;
  }

  async #readStale() {
    while (this.#stale.size) {
      const kinds = [...this.#stale];
      this.#stale.clear();
      try {
        await Promise.all(kinds.map((kind) => this[`_${kind}`]()));
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        this.screen.toast(error.message);
      }
      this.screen.all();
    }
    this.#reading = null;
  }

  async _world() {
    this.#setWorld(await read("world"), this.world.viewer?.id);
  }

  async _guide() {
    this.guide = await read("guide").catch(() => null);
  }

  async _messages() {
    const { place, world } = this;
    if (place === "home" || !world.viewer || place === null) {
      this.messages = [];
      return;
    }
    const query = place === "dm" ? { user: world.viewer.id } : { channel: place };
    const found = (await read("messages", query)).messages;
    // Somebody may have gone elsewhere while the answer was on its way.
    if (place === this.place && world.viewer.id === this.world.viewer.id)
      this.messages = found.filter((one) => this.#isVisible(one));
  }

  async _views() {
    const who = this.world.viewer?.id;
    if (!who) return;
    const found = await read("views", { user: who });
    if (who === this.world.viewer?.id) this.views = found;
  }

  #isVisible(message) {
    return !message.ephemeral_to || message.ephemeral_to === this.world.viewer.id;
  }

  #setWorld(facts, viewerId) {
    this.world = new World(facts, viewerId);
  }

  #placeOrFirst(place) {
    const mine = this.world.myChannels();
    if (["dm", "home"].includes(place) || mine.some((one) => one.id === place)) return place;
    return (mine.find((one) => one.is_shared) || mine[0])?.id || "dm";
  }

  #show(place, thread) {
    this.#leaveThread();
    if (place !== this.place) this.messages = [];
    this.place = place;
    this.thread = thread;
    this.unread.delete(place);
    const hash = new URLSearchParams({
      as: this.world.viewer?.id || "",
      at: place,
      ...(thread ? { thread } : {}),
    });
    history.replaceState(null, "", `#${hash}`);
  }

  async #opened() {
    if (this.place === "home") await this.act("home", { user: this.world.viewer.id });
    await this.refresh("messages", "views");
  }

  #heard(event) {
    const kinds = {
      message: ["messages", "world"],
      view: ["views", "world"],
      clock: ["world"],
      guide: ["guide"],
      world: ["world", "messages", "views", "guide"],
    };
    if (event.kind === "message") this.#markUnread(event.channel);
    const isFirst = this.#news.size === 0;
    for (const kind of kinds[event.kind] || []) this.#news.add(kind);
    if (isFirst && this.#news.size) setTimeout(() => this.#readNews(), QUIET_MS);
    this.#tell(event);
  }

  #readNews() {
    const kinds = [...this.#news];
    this.#news.clear();
    this.refresh(...kinds);
  }

  #markUnread(channel) {
    if (!channel || channel === this.channel) return;
    const isDm = channel === this.world.dmId();
    const isNewDm =
      !this.world.channel(channel) && !this.world.facts.ims?.some((im) => im.id === channel);
    if (isNewDm) this.#news.add("world");
    this.unread.add(isDm ? "dm" : channel);
  }

  #line(up) {
    if (up === this.online) return;
    this.online = up;
    if (up) {
      this.refresh("world", "messages", "views", "guide");
      for (const kind of this.#listeners.keys()) this.#tell({ kind, missed: true });
    } else this.screen.all();
  }
}

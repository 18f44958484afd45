// What the page knows and does: who acts, which place is open, what to read anew; drawing is elsewhere.

import { follow, read, refused, send } from "./api.js";
import { Boards } from "./boards.js";
import { Drafts } from "./drafts.js";
import { lane } from "./lane.js";
import { Marks } from "./marks.js";
import { World } from "./world.js";

const ANSWER_MS = 4000; // so long what arrives may be the answer to an own act
const LATER_MS = 300; // what is due next is read anew when what happened has settled
const CLOSED = "closed guide";
const KINDS = ["world", "messages", "views", "marks", "guide"];
// What each kind of news makes stale; the world itself follows a little later.
const STALE = {
  hello: KINDS, // what came while the line was not up
  message: ["messages", "marks"],
  view: ["views"],
  clock: ["world"],
  due: ["world"],
  guide: ["guide"],
  marks: ["marks"],
  world: KINDS,
};

export class App {
  world = null;
  place = null; // a channel's id, "dm" or "home"
  thread = null; // the ts of the message whose replies are open
  newSince = { place: null, thread: null }; // the last ts read before, where something new is
  wanted = null; // the ts of a message to be looked at as soon as it is there
  editing = null; // the ts of the message that is being changed
  views = { modals: [], home: null };
  guide = null;
  online = true;
  drafts = new Drafts();
  #boards = null;
  #shown = null; // the board that is open
  #marks = null;
  #actedAt = -Infinity;
  #listeners = new Map(); // kind -> callbacks
  #later = 0;
  #run = null; // which run of the sandbox answers
  #isTold = false; // whether every change is told over the line
  #lanes = Object.fromEntries(KINDS.map((kind) => [kind, lane(() => this.#read(kind))]));

  /** `screen` draws: `all()`, `toast(sentence)`. */
  constructor(screen) {
    this.screen = screen;
  }

  async start() {
    await this.#begin(new URLSearchParams(location.hash.slice(1)));
    follow(
      (event) => this.#heard(event),
      (up) => this.#line(up),
    );
    addEventListener("hashchange", () => this.#goTo(new URLSearchParams(location.hash.slice(1))));
    await this.#opened();
  }

  async #begin(wanted) {
    this.#boards = new Boards(() => this.screen.all());
    await this._guide();
    this.#setWorld(await read("world"), wanted.get("as") || this.guide?.user);
    await this.#marksOf(this.viewerId);
    this.#show(this.#placeOrFirst(wanted.get("at") || this.guide?.channel), wanted.get("thread"));
    this.wanted = wanted.get("ts");
  }

  /**
   * Another world is there: nothing of the one before is left but who one was, where, and what one
   * was writing, as far as there are such people and places.
   */
  async #startOver(words) {
    const wanted = new URLSearchParams({ as: this.viewerId || "", at: this.place });
    this.views = { modals: [], home: null };
    await this.#begin(wanted);
    this.drafts.keepPeople(this.world.people.map((user) => user.id));
    if (words) this.screen.toast(words);
    await this.#opened();
  }

  /** Follows a link to a person, a place or a message of this page. */
  async #goTo(wanted) {
    const user = wanted.get("as") || this.viewerId;
    if (user !== this.viewerId) await this.become(user);
    const at = wanted.get("at") || this.place;
    if (!this.#known(at)) {
      this.screen.toast("You are not in that channel, so you cannot see it.");
      this.#show(this.place, this.thread);
      return;
    }
    this.#show(this.#known(at), wanted.get("thread"));
    this.wanted = wanted.get("ts");
    await this.#opened();
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

  get viewerId() {
    return this.world.viewer?.id;
  }

  /** The channel whose messages are open; null in Home, or before the first direct message. */
  get channel() {
    if (this.place === "home") return null;
    return this.place === "dm" ? this.world.dmId() : this.place;
  }

  /** The messages of the open place; null in Home. */
  get board() {
    if (this.place === "home" || !this.viewerId) return null;
    return this.#boards.of(this.place === "dm" ? { user: this.viewerId } : { channel: this.place });
  }

  /** `{read, unread, mentions}` of a place, by its name on the left. */
  marksOf(place) {
    return this.#marks.of(place === "dm" ? this.world.dmId() : place);
  }

  marksOfThread(ts) {
    return this.#marks.ofThread(this.channel, ts);
  }

  /** The person had everything up to `ts` before the eyes. */
  saw(ts, thread = null) {
    this.#marks.saw(this.channel, ts, thread).catch((error) => {
      refused(error);
    });
  }

  /** What was typed under `key`, by block id and action id; `keepTyped` stores what it holds. */
  typedIn(key) {
    return this.drafts.fields(`${this.viewerId}/${key}`);
  }

  keepTyped(key) {
    this.drafts.keepFields(`${this.viewerId}/${key}`);
  }

  /** Whether something that arrives now may be the answer to what the person did. */
  get hasJustActed() {
    return performance.now() - this.#actedAt < ANSWER_MS;
  }

  get guideIsClosed() {
    return sessionStorage.getItem(CLOSED) === this.guide?.title;
  }

  closeGuide(isClosed) {
    if (isClosed) sessionStorage.setItem(CLOSED, this.guide.title);
    else sessionStorage.removeItem(CLOSED);
    this.screen.all();
  }

  async become(userId) {
    this.#setWorld(this.world.facts, userId);
    this.views = { modals: [], home: null };
    await this.#marksOf(this.viewerId);
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

  /** Goes to a message of the open place. */
  lookAt({ ts, thread_ts: thread }) {
    if (thread && thread !== ts && thread !== this.thread) this.#show(this.place, thread);
    this.wanted = ts;
    this.screen.all();
  }

  /** Changes a message in place, or with null nothing any more. */
  edit(ts) {
    this.editing = ts;
    this.screen.all();
  }

  /** Slack itself says something to the acting person, under what is open. */
  note(words, thread = null) {
    const about = { viewerId: this.viewerId, nowMs: this.world.nowMs(), thread };
    this.board.note(words, about);
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
    if (call === "message") this.newSince[body.thread_ts ? "thread" : "place"] = null;
    try {
      const answer = await send(call, body);
      await this.#caughtUp();
      return answer;
    } catch (error) {
      refused(error);
      if (!harmless.includes(error.code)) this.screen.toast(error.message);
      const mayBeDone = error.code === "operation_timeout" || harmless.includes(error.code);
      if (mayBeDone) this.#caughtUp();
      return error.code === "operation_timeout" ? {} : null;
    } finally {
      node?.removeAttribute("aria-busy");
    }
  }

  /** Runs a slash command; what is none is answered as Slack does. Whether the app got it. */
  async command(body) {
    this.#actedAt = performance.now();
    try {
      await send("command", body);
      await this.#caughtUp();
      return true;
    } catch (error) {
      refused(error);
      if (error.code === "not_a_valid_command")
        this.note(`${error.message} To send a message that begins with /, put a space before it.`);
      else this.screen.toast(error.message);
      return false;
    }
  }

  /** What an act changed was told over the line before the act was answered; without a line it is read here. */
  #caughtUp() {
    if (!this.#isTold) return this.refresh("messages", "views");
    return Promise.all(Object.values(this.#lanes).map((one) => one.rest()));
  }

  /** Reads `KINDS` anew and draws; who asks while one is read waits for one more reading. */
  async refresh(...kinds) {
    await Promise.all(kinds.map((kind) => this.#lanes[kind]()));
  }

  async #read(kind) {
    try {
      await this[`_${kind}`]();
    } catch (error) {
      refused(error);
      this.screen.toast(error.message);
    }
    this.screen.all();
  }

  async _world() {
    this.#setWorld(await read("world"), this.viewerId);
    // The person may have been taken out of the open channel, or the channel got another id.
    const place = this.#placeOrFirst(this.place);
    if (place === this.place) return;
    this.#show(place, null);
    await this.refresh("messages");
  }

  async _guide() {
    const found = await read("guide").catch(() => null);
    this.guide = found?.title ? found : null;
  }

  async _messages() {
    await this.board?.bring();
  }

  async _marks() {
    await this.#marks.bring();
  }

  async _views() {
    const who = this.viewerId;
    if (!who) return;
    const found = await read("views", { user: who });
    if (who !== this.viewerId) return;
    this.views = found;
    const open = [...found.modals, found.home].filter(Boolean).map((view) => view.id);
    this.drafts.keepViews(who, open);
  }

  #setWorld(facts, viewerId) {
    this.world = new World(facts, viewerId);
  }

  async #marksOf(viewerId) {
    this.#marks = new Marks(viewerId);
    if (viewerId) await this.#marks.bring();
  }

  #placeOrFirst(place) {
    const mine = this.world.myChannels();
    return this.#known(place) || (mine.find((one) => one.is_shared) || mine[0])?.id || "dm";
  }

  /** The place of that name or id, if the person can open it. */
  #known(place) {
    if (place && place === this.world.dmId()) return "dm";
    const isMine = this.world.myChannels().some((one) => one.id === place);
    return isMine || ["dm", "home"].includes(place) ? place : null;
  }

  #show(place, thread) {
    if (place !== this.place || !thread) this.editing = this.drafts.edited(this.viewerId);
    this.place = place;
    this.thread = thread;
    const { board } = this;
    // Elsewhere nobody brought it up to date: where "new" begins shows when that is done.
    if (board && board !== this.#shown) board.isRead = false;
    this.#shown = board;
    this.newSince = {
      place: newFrom(this.marksOf(place)),
      thread: thread && newFrom(this.marksOfThread(thread)),
    };
    this.wanted = null;
    const hash = new URLSearchParams({
      as: this.viewerId || "",
      at: place,
      ...(thread ? { thread } : {}),
    });
    history.replaceState(null, "", `#${hash}`);
  }

  async #opened() {
    this.screen.all();
    const read = this.refresh("messages", "views");
    if (this.place === "home") await this.#openHome();
    await read;
  }

  /** The app hears of it, and may draw it anew. */
  async #openHome() {
    if (this.viewerId) await this.act("home", { user: this.viewerId });
  }

  #heard(event) {
    const isAnotherRun = event.kind === "hello" && this.#run && event.run !== this.#run;
    this.#run = event.run || this.#run;
    this.#isTold ||= event.kind === "hello";
    if (isAnotherRun) this.#reset("The sandbox was started anew.");
    else if (event.reset) this.#reset(event.title && `${event.title} is loaded.`);
    else {
      this.refresh(...this.#staleBy(event));
      this.#tell(event);
    }
  }

  #reset(words) {
    this.#startOver(words).then(() => this.#tell({ kind: "world", reset: true }));
  }

  #staleBy({ kind, channel, user }) {
    if (kind === "message") {
      this.#readWorldLater();
      const isOpen = channel === this.channel || this.place === "dm";
      return isOpen ? STALE.message : ["marks"];
    }
    if (kind === "view") this.#readWorldLater();
    if (["view", "marks"].includes(kind) && user && user !== this.viewerId && user !== "*") return [];
    return STALE[kind] || [];
  }

  #readWorldLater() {
    if (this.#later) return;
    this.#later = setTimeout(() => {
      this.#later = 0;
      this.refresh("world");
    }, LATER_MS);
  }

  #line(up) {
    if (up === this.online) return;
    this.online = up;
    this.#isTold = false;
    this.screen.all();
    if (!up) return;
    for (const kind of this.#listeners.keys()) this.#tell({ kind, missed: true });
  }
}

/** Where "new" begins: nothing is new to who was never there. */
const newFrom = (mark) => (mark.unread ? mark.read : null);

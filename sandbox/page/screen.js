// Puts the parts of the page together and brings them up to date.

import { button, iconButton } from "./buttons.js";
import { composer } from "./composer.js";
import { el } from "./dom.js";
import { author } from "./faces.js";
import { drawGuide } from "./guide.js";
import { placeHead } from "./head.js";
import { icon } from "./icons.js";
import { WindowedList } from "./list.js";
import { drawPlaces } from "./places.js";
import { placeRows, threadRows } from "./rows.js";
import { messageTools } from "./tools.js";
import { topBar } from "./top.js";
import { plainText } from "./typing.js";
import { drawHome, drawModal } from "./views.js";

const byId = (id) => document.getElementById(id);
const TOAST_MS = 7000;
const FLASH_MS = 2500;
const SPOKEN = 200; // characters of a new message that are read out

export class Screen {
  /** Builds what stays; `app` may still be empty. */
  build(app) {
    this.app = app;
    this.top = topBar(app, byId("top"));
    this.head = placeHead(app, byId("places"));
    this.home = el("div.home-frame");
    this.main = new Conversation(app, {
      node: { class: "messages", id: "messages", "aria-label": "Messages" },
      label: "Write a message, or a command that starts with /",
      inThread: false,
    });
    byId("main").append(this.head.node, this.main.node, this.home);
    this.replies = new Conversation(app, {
      node: { class: "messages", "aria-label": "Replies" },
      label: "Reply",
      inThread: true,
    });
    this.#buildThread(app);
    this.news = el("div", { class: "spoken", "aria-live": "polite" });
    document.body.append(this.news);
    document.addEventListener("visibilitychange", () => app.world && this.all());
    setInterval(() => app.world && this.top.tick(), 1000);
  }

  #buildThread(app) {
    const close = iconButton("close", "Close thread", () => app.openThread(null));
    this.threadPlace = el("p.thread-place");
    byId("thread").append(
      el("header.main-head", el("h2", "Thread"), this.threadPlace, close),
      this.replies.node,
    );
    byId("thread").addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented) app.openThread(null);
    });
  }

  /** Draws everything that changed. */
  all() {
    const { app } = this;
    if (!app.world) return;
    this.top.update();
    drawPlaces(app, byId("places"));
    this.head.update();
    this.#conversations();
    drawModal(app);
    drawGuide(app, byId("guide"));
    byId("trouble").hidden = app.online;
    byId("trouble").textContent = app.online
      ? ""
      : "The sandbox does not answer. It may have been stopped; this page goes on when it is back.";
  }

  #conversations() {
    const { app } = this;
    const isHome = app.place === "home";
    this.home.hidden = !isHome;
    this.main.node.hidden = isHome;
    byId("thread").hidden = !app.thread || isHome;
    if (isHome) {
      drawHome(app, this.home);
      return;
    }
    const newest = this.main.update();
    if (newest) this.#say(newest);
    const channel = app.world.channel(app.place);
    this.threadPlace.textContent = channel ? `#${channel.name}` : "";
    if (app.thread) this.replies.update();
  }

  /** Reads a new message out to those who do not see it. */
  #say(message) {
    const { name } = author(message, this.app.world);
    this.news.textContent = `${name}: ${plainText(message.text || "", this.app.world).slice(0, SPOKEN)}`;
  }

  /** A sentence that goes away by itself. */
  toast(sentence) {
    const shown = [...byId("toasts").children].find((one) => one.textContent === sentence);
    shown?.remove();
    const node = el("div.toast", sentence);
    byId("toasts").append(node);
    // Shown anew each time, so that it lies above a modal.
    byId("toasts").hidePopover();
    byId("toasts").showPopover();
    setTimeout(() => node.remove(), TOAST_MS);
  }
}

/** A list of messages with the box under it: what was said in a place, or in a thread. */
class Conversation {
  #opened = null; // what is open, as far as it can be told apart
  #built = null; // by what the rows were built
  #rows = [];

  constructor(app, { node, label, inThread }) {
    this.app = app;
    this.inThread = inThread;
    this.list = new WindowedList(node, { onMove: () => this.#moved(), isLow: !inThread });
    this.empty = el("p.empty");
    this.jump = button({ class: "jump", hidden: true }, () => {
      this.list.toEnd();
      this.list.node.focus({ preventScroll: true });
    });
    this.write = composer(app, label, { inThread });
    messageTools(app, this.list.node, { inThread });
    this.list.node.append(this.empty);
    const frame = el("div.list-frame", this.list.node, this.jump);
    this.node = el("div.conversation", frame, this.write.node);
  }

  /** Draws what changed, and answers a message of somebody else that came at the end. */
  update() {
    const { app, list } = this;
    this.write.update();
    this.#lookAway();
    const messages = this.#messages();
    const last = this.#rows.at(-1)?.id;
    const isNew = this.#build(messages);
    const opened = [app.viewerId, app.place, this.#thread, app.board.isRead].join("/");
    const isOpened = opened !== this.#opened;
    this.#opened = opened;
    if (isOpened) list.open(this.#rows, "new");
    else list.show(this.#rows);
    const isMore = !isOpened && isNew && this.#rows.at(-1)?.id !== last;
    if (isMore && app.hasJustActed) list.toEnd();
    this.empty.hidden = messages.length > 0 || !app.board.isRead;
    this.empty.textContent = this.inThread ? "This thread is empty." : this.#whenEmpty();
    this.#lookAtWanted();
    const newest = messages.at(-1);
    return isMore && newest?.user !== app.viewerId ? newest : null;
  }

  get #thread() {
    return this.inThread ? this.app.thread : null;
  }

  #messages() {
    const { board, viewerId } = this.app;
    return this.inThread ? board.thread(this.#thread, viewerId) : board.roots(viewerId);
  }

  /** Whether there were rows to be built: something happened here, or it is looked at otherwise. */
  #build(messages) {
    const { app } = this;
    const { board, world, newSince } = app;
    const since = this.inThread ? newSince.thread : newSince.place;
    const { viewerId, place } = app;
    const by = [viewerId, place, this.#thread, board.version, world.zone, world.today(), since];
    if (this.#built === by.join()) return false;
    this.#built = by.join();
    this.#rows = (this.inThread ? threadRows : placeRows)(app, messages, since);
    return true;
  }

  /** What comes while nobody looks is new when somebody looks again. */
  #lookAway() {
    const { app } = this;
    const kind = this.inThread ? "thread" : "place";
    if (app.newSince[kind] || (this.list.isAtEnd && !document.hidden)) return;
    const mark = this.inThread ? app.marksOfThread(app.thread) : app.marksOf(app.place);
    if (mark.unread) app.newSince[kind] = mark.read;
  }

  #whenEmpty() {
    const { guide, place } = this.app;
    if (place === guide?.channel && guide.empty) return guide.empty;
    const hint = this.app.world.facts.app?.commands?.length ? " Type / for commands." : "";
    return `Nothing has been said here yet.${hint}`;
  }

  #lookAtWanted() {
    const { wanted } = this.app;
    if (!wanted || !this.app.board.isRead || (this.app.thread && !this.inThread)) return;
    const node = this.list.reveal(wanted);
    if (!node) return;
    this.app.wanted = null;
    if (this.app.editing === wanted) return;
    node.classList.add("flash");
    setTimeout(() => node.classList.remove("flash"), FLASH_MS);
  }

  #moved() {
    const { app, list } = this;
    if (!app.world || !app.board?.isRead) return;
    const mark = this.inThread ? app.marksOfThread(app.thread) : app.marksOf(app.place);
    this.jump.hidden = list.isAtEnd || !this.#rows.length;
    const words = mark.unread ? `Jump to newest, ${mark.unread} new` : "Jump to newest";
    if (this.jump.textContent !== words) this.jump.replaceChildren(icon("down"), words);
    if (document.hidden || !mark.unread) return;
    const seen = list.isAtEnd ? this.#rows.at(-1)?.id : list.lastSeen;
    if (/^\d+\.\d+$/.test(seen || "")) app.saw(seen, this.#thread);
  }
}

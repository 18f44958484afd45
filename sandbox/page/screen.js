// Puts the parts of the page together and brings them up to date.

import { composer } from "./composer.js";
import { el } from "./dom.js";
import { drawGuide } from "./guide.js";
import { icon } from "./icons.js";
import { isReply, messageItems } from "./messages.js";
import { drawPlaces } from "./places.js";
import { reconcile } from "./reconcile.js";
import { topBar } from "./top.js";
import { drawHome, drawModal } from "./views.js";

const byId = (id) => document.getElementById(id);
const TOAST_MS = 7000;

export class Screen {
  /** Builds what stays; `app` may still be empty. */
  build(app) {
    this.app = app;
    this.top = topBar(app, byId("top"));
    this.list = el("ol", {
      class: "messages",
      id: "messages",
      tabindex: "0",
      "aria-label": "Messages",
    });
    this.home = el("div", { class: "home-frame" });
    this.title = el("h1", {});
    this.about = el("p", { class: "about" });
    this.write = composer(app, "Write a message, or a command that starts with /", () => ({
      channel: app.channel || app.world.bot?.id,
    }));
    byId("main").append(
      el("header", { class: "main-head" }, this.#foldButton(), this.title, this.about),
      this.list,
      this.home,
      this.write,
    );
    this.#buildThread(app);
    this.#stayAtEnds();
    setInterval(() => app.world && this.top.tick(), 1000);
  }

  /** Where the window is narrow, the places lie behind this button. */
  #foldButton() {
    const places = byId("places");
    this.fold = el("button", { type: "button", class: "icon-button fold" }, icon("menu"));
    const show = (isOpen) => {
      places.classList.toggle("is-open", isOpen);
      this.fold.setAttribute("aria-expanded", String(isOpen));
    };
    show(false);
    this.fold.setAttribute("aria-controls", places.id);
    this.fold.addEventListener("click", () => show(!places.classList.contains("is-open")));
    places.addEventListener("click", (event) => event.target.closest(".place") && show(false));
    return this.fold;
  }

  #buildThread(app) {
    this.replies = el("ol", { class: "messages", tabindex: "0", "aria-label": "Replies" });
    const close = el(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": "Close thread",
        on: { click: () => app.openThread(null) },
      },
      icon("close"),
    );
    const where = () => ({ channel: app.channel, thread_ts: app.thread });
    byId("thread").append(
      el("header", { class: "main-head" }, el("h2", {}, "Thread"), close),
      this.replies,
      composer(app, "Reply", where),
    );
    byId("thread").addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented) app.openThread(null);
    });
  }

  /** A list that stood at its end stands there again when its room changes. */
  #stayAtEnds() {
    const watch = new ResizeObserver((entries) =>
      entries.forEach(({ target }) => {
        if (target.dataset.atEnd) toEnd(target);
      }),
    );
    for (const list of [this.list, this.replies]) {
      list.addEventListener("scroll", () => noteEnd(list));
      watch.observe(list);
    }
  }

  /** Draws everything that changed. */
  all() {
    const { app } = this;
    if (!app.world) return;
    this.top.update();
    drawPlaces(app, byId("places"));
    this.#head();
    this.#place();
    this.#thread();
    drawModal(app);
    drawGuide(app, byId("guide"));
    byId("trouble").hidden = app.online;
    byId("trouble").textContent = app.online
      ? ""
      : "The sandbox does not answer. It may have been stopped; this page goes on when it is back.";
  }

  #head() {
    const { app, title, about } = this;
    const channel = app.world.channel(app.place);
    const bot = app.world.bot ? app.world.nameOf(app.world.bot) : "App";
    this.fold.setAttribute("aria-label", app.unread.size ? "Places, new messages" : "Places");
    this.fold.classList.toggle("unread", app.unread.size > 0);
    title.textContent = channel ? `#${channel.name}` : app.place === "home" ? `${bot}: Home` : bot;
    const shared = channel?.is_shared
      ? `, shared by ${channel.team_ids.map((id) => app.world.team(id)?.name || id).join(" and ")}`
      : "";
    about.textContent = channel
      ? `${channel.members.length} members${shared}${channel.is_archived ? ", archived" : ""}`
      : "";
  }

  #place() {
    const { app, list, home, write } = this;
    const isHome = app.place === "home";
    list.hidden = isHome;
    write.hidden = isHome;
    home.hidden = !isHome;
    if (isHome) drawHome(app, home);
    else
      fill(
        list,
        messageItems(
          app,
          app.messages.filter((one) => !isReply(one) || one.subtype === "thread_broadcast"),
        ),
        `${app.world.viewer?.id}/${app.place}`,
        this.#whenEmpty(),
        app.hasJustActed,
      );
  }

  #thread() {
    const { app, replies } = this;
    const thread = app.messages.filter(
      (one) => one.ts === app.thread || one.thread_ts === app.thread,
    );
    byId("thread").hidden = !app.thread || app.place === "home";
    if (app.thread)
      fill(
        replies,
        messageItems(app, thread, { inThread: true }),
        app.thread,
        "This thread is empty.",
        app.hasJustActed,
      );
  }

  #whenEmpty() {
    const { guide, place } = this.app;
    return (place === guide?.channel && guide.empty) || "Nothing has been said here yet.";
  }

  /** A sentence that goes away by itself. */
  toast(sentence) {
    const shown = [...byId("toasts").children].find((one) => one.textContent === sentence);
    shown?.remove();
    const node = el("div", { class: "toast" }, sentence);
    byId("toasts").append(node);
    // Shown anew each time, so that it lies above a modal.
    byId("toasts").hidePopover();
    byId("toasts").showPopover();
    setTimeout(() => node.remove(), TOAST_MS);
  }
}

/**
 * Fills a list; it stays at its end if it was there, and starts there in a new place. It also goes
 * there where an own act (`hasActed`) brought something new at the end.
 */
function fill(list, items, place, whenEmpty, hasActed) {
  const isNew = list.dataset.place !== place;
  const last = list.lastElementChild?.dataset.id;
  list.dataset.place = place;
  const empty = {
    id: "empty",
    key: whenEmpty,
    draw: () => el("li", { class: "empty" }, whenEmpty),
  };
  reconcile(list, items.length ? items : [empty]);
  const isAnswered = hasActed && list.lastElementChild?.dataset.id !== last;
  if (isNew || isAnswered || list.dataset.atEnd) toEnd(list);
}

function toEnd(list) {
  list.scrollTop = list.scrollHeight;
  noteEnd(list);
}

function noteEnd(list) {
  const isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
  if (isAtEnd) list.dataset.atEnd = "yes";
  else delete list.dataset.atEnd;
}

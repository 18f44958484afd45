// The tab that shows what the app and Slack say to each other, the newest first.

import { read } from "./api.js";
import { button } from "./buttons.js";
import { el, freshId } from "./dom.js";
import { jsonBox } from "./json.js";
import { Latest, problemBox } from "./latest.js";
import { reconcile } from "./reconcile.js";

const MOST_KEPT = 2000;
const DRAWN = 100; // more are drawn when asked for
const KINDS = {
  call: "Web API call",
  event: "Event",
  command: "Command",
  action: "Press",
  submit: "Form sent",
  close: "Form closed",
  shortcut: "Shortcut",
  options: "Options",
  response_url: "response_url",
};

/** The entries that this page has, by their number; one comes again when it has ended. */
class Entries {
  #bySeq = new Map();
  #upTo = 0; // the server's number at the last reading

  async readNew() {
    const { seq, entries } = await read("wire", { after: this.#upTo, limit: MOST_KEPT });
    // Another run of the sandbox counts from the beginning.
    if (seq < this.#upTo) this.forget();
    this.#upTo = seq;
    for (const one of entries) this.#bySeq.set(one.seq, one);
    const spare = Math.max(0, this.#bySeq.size - MOST_KEPT);
    for (const { seq: old } of this.newestFirst().slice(MOST_KEPT, MOST_KEPT + spare))
      this.#bySeq.delete(old);
  }

  forget() {
    this.#bySeq.clear();
    this.#upTo = 0;
  }

  get isEmpty() {
    return this.#bySeq.size === 0;
  }

  newestFirst() {
    return [...this.#bySeq.values()].sort((one, other) => other.seq - one.seq);
  }
}

/** The tab. */
export function wirePanel(app) {
  const state = { entries: new Entries(), most: DRAWN, isPaused: false };
  const parts = buildParts(state, () => draw());
  const draw = () => drawRows(app, state, parts);
  const latest = new Latest(app, ["wire", "world"], async () => {
    if (state.isPaused) return;
    await state.entries.readNew();
    draw();
  }, parts.problem.say);
  app.listen("world", (event) => {
    if (event.reset) state.entries.forget();
  });
  parts.pause.addEventListener("click", () => {
    state.isPaused = !state.isPaused;
    parts.pause.setAttribute("aria-pressed", String(state.isPaused));
    parts.pause.textContent = state.isPaused ? "Go on" : "Pause";
    if (!state.isPaused) latest.news();
  });
  return { node: parts.node, shown: (isShown) => latest.show(isShown), update: draw };
}

function buildParts(state, draw) {
  const search = el("input", {
    type: "search",
    class: "input",
    placeholder: "Method, person, place",
    "aria-label": "Filter by text",
    spellcheck: "false",
  });
  const kind = el("select", { class: "input", "aria-label": "Filter by kind" });
  kind.append(el("option", { value: "" }, "Everything"));
  for (const [value, words] of Object.entries(KINDS)) kind.append(el("option", { value }, words));
  const pause = button({ class: "quiet", "aria-pressed": "false" }, null, "Pause");
  const list = el("ol", { class: "wire", "aria-label": "The wire, newest first" });
  const more = button({ class: "quiet more", hidden: true });
  for (const [name, input] of Object.entries({ "wire words": search, "wire kind": kind })) {
    input.value = sessionStorage.getItem(name) || "";
    input.addEventListener("input", () => {
      sessionStorage.setItem(name, input.value);
      state.most = DRAWN;
      draw();
    });
  }
  more.addEventListener("click", () => {
    state.most += DRAWN;
    draw();
  });
  const head = el("div.wire-head", search, kind, pause);
  const problem = problemBox();
  const node = el("div.panel-body.wire-panel", head, problem.node, list, more);
  return { search, kind, pause, list, more, problem, node };
}

function drawRows(app, { entries, most }, { search, kind, list, more }) {
  const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const found = entries
    .newestFirst()
    .filter((one) => !kind.value || one.kind === kind.value)
    .filter((one) => hasAll(wanted, () => wordsOf(app.world, one).toLowerCase()));
  const items = found.slice(0, most).map((one) => rowItem(app, one));
  reconcile(list, items.length ? items : [nothing(!entries.isEmpty)]);
  const left = found.length - items.length;
  more.hidden = left <= 0;
  more.textContent = `Show ${Math.min(left, DRAWN)} more of ${left}`;
}

const hasAll = (wanted, words) => {
  if (!wanted.length) return true;
  const found = words();
  return wanted.every((one) => found.includes(one));
};

function nothing(isFiltered) {
  const words = isFiltered
    ? "Nothing on the wire fits this filter."
    : "Nothing has gone over the wire yet. Write a message, or let an app connect.";
  return { id: "none", key: words, draw: () => el("li.panel-note", words) };
}

const nameOf = (world, id) => {
  const user = world.user(id);
  return user ? world.nameOf(user) : id || "";
};

function placeOf(world, id) {
  const im = world.facts.ims?.find((one) => one.id === id);
  if (im) return `with ${nameOf(world, im.user)}`;
  return world.channel(id) ? `#${world.channel(id).name}` : id || "";
}

function wordsOf(world, one) {
  const who = `${one.who || ""} ${nameOf(world, one.who)}`;
  const place = `${one.place || ""} ${placeOf(world, one.place)}`;
  return `${one.name} ${KINDS[one.kind] || one.kind} ${who} ${place} ${one.fault || ""}`;
}

function rowItem(app, one) {
  const { world } = app;
  const where = [nameOf(world, one.who), placeOf(world, one.place)].filter(Boolean).join(", ");
  const key = JSON.stringify([one.status, one.took_ms, one.fault, where, one.answer !== null]);
  return { id: String(one.seq), key, draw: () => row(app, one, where) };
}

function row(app, one, where) {
  const body = el("div", { class: "wire-body", id: freshId("wire") });
  const summary = el(
    "summary",
    el("time", { datetime: one.at, title: one.at }, secondsOf(one.at, app.world.zone)),
    el("span", { class: `wire-kind kind-${one.kind}` }, KINDS[one.kind] || one.kind),
    el("span.wire-name", one.name),
    badge(one),
    el("span", { class: isTrouble(one) ? "wire-status bad" : "wire-status" }, statusOf(one)),
    el("span.wire-where", where),
    el("span.wire-took", one.took_ms === null ? "" : `${round(one.took_ms)} ms`),
  );
  const details = el("details", summary, body);
  details.addEventListener("toggle", () => {
    if (!details.open || body.childElementCount) return;
    body.append(jsonBox(app, "Request", one.request), jsonBox(app, "Answer", one.answer));
  });
  return el("li", details);
}

function badge({ fault, attempt, reason }) {
  if (fault) return el("span.tag.fault-tag", fault);
  if (attempt) return el("span", { class: "tag", title: reason }, `attempt ${attempt + 1}`);
  return null;
}

const isRefused = (answer) => answer && typeof answer === "object" && answer.ok === false;

function isTrouble({ status, answer, fault, took_ms: took }) {
  const isBadStatus = typeof status === "number" ? status >= 400 : status !== "acked";
  return Boolean(fault) || isRefused(answer) || (took !== null && isBadStatus);
}

function statusOf({ status, answer, took_ms: took }) {
  if (isRefused(answer)) return answer.error || "refused";
  if (status === null) return took === null ? "on its way" : "cut off";
  return String(status).replaceAll("_", " ");
}

const round = (ms) => (ms < 10 ? Math.round(ms * 10) / 10 : Math.round(ms));

const clocks = new Map();

function secondsOf(at, zone) {
  if (!clocks.has(zone))
    clocks.set(
      zone,
      new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeStyle: "medium", hourCycle: "h23" }),
    );
  return clocks.get(zone).format(new Date(at));
}

// The tab that breaks things on purpose, and the small sign in the top bar while something is broken.

import { read } from "./api.js";
import { button } from "./buttons.js";
import { timeOf } from "./dates.js";
import { el, freshId } from "./dom.js";
import { icon } from "./icons.js";
import { Latest } from "./latest.js";
import { reconcile } from "./reconcile.js";

const POST = "chat.postMessage";
const CUSTOM = "error";
const KINDS = [
  ["ratelimited", "Too many requests (429)", "Slack asks to wait, and does nothing."],
  ["http_500", "Server error, nothing done", "Slack answers 500 before it did anything."],
  ["http_500_done", "Server error, though done", "Slack did it, and answers 500 all the same."],
  ["timeout", "No answer (time-out)", "Slack does nothing and never answers."],
  ["lost_response", "Answer lost, though done", "Slack did it; then the connection drops."],
  [CUSTOM, "Refused with an error", "Slack answers that it will not, with a code."],
  ["disconnect", "Disconnect", "The socket over which the app hears drops at once."],
];

/** What is broken at the moment; read once for all who show it. */
export class Broken {
  faults = [];
  closed = [];
  methods = [];
  #listeners = new Set();

  constructor(app) {
    this.latest = new Latest(app, ["fault", "clock", "world"], async () => {
      Object.assign(this, await read("faults"));
      for (const callback of this.#listeners) callback();
    });
  }

  start() {
    this.latest.show(true);
  }

  listen(callback) {
    this.#listeners.add(callback);
  }
}

/** The button in the top bar; it is hidden while nothing is broken. */
export function faultBadge(broken, open) {
  const words = el("span");
  const node = button({ class: "fault-badge", hidden: true }, open, icon("bolt"), words);
  broken.listen(() => {
    const count = broken.faults.length + broken.closed.length;
    node.hidden = count === 0;
    words.textContent = count;
    node.setAttribute("aria-label", `Broken on purpose: ${count}. Show them.`);
    node.title = sentences(broken).join("\n");
  });
  return node;
}

const kindWords = (fault) =>
  KINDS.find(([kind]) => kind === fault)?.[1] || `Refused with ${fault.replace(/^error:/, "")}`;

const where = (method) => (method === "*" ? "all methods" : method);

function sentences({ faults, closed }) {
  return [
    ...faults.map((one) => `${where(one.method)}: ${kindWords(one.fault)}, ${timesLeft(one.times)}`),
    ...closed.map((one) => `${one.method}: waits for its Retry-After`),
  ];
}

const timesLeft = (times) => (times === 1 ? "once more" : `${times} times more`);

/** The tab. */
export function faultsPanel(app, broken) {
  const planned = el("ul.planned");
  const mend = () => app.act("fault", { clear: true }, clear);
  const clear = button({ class: "button" }, mend, "Clear all");
  const form = faultForm(app);
  const draw = () => {
    form.offer(broken.methods);
    reconcile(planned, plannedItems(app, broken));
    clear.hidden = !broken.faults.length && !broken.closed.length;
  };
  broken.listen(draw);
  draw();
  const node = el(
    "div.panel-body",
    cutButton(app),
    el("section", el("h3", "What is broken"), planned, clear),
    form.node,
  );
  return { node, shown: () => {}, update: draw };
}

function cutButton(app) {
  const cut = async () => {
    const lost = { method: POST, fault: "lost_response", times: 1 };
    if (!(await app.act("fault", lost, node))) return;
    if (!(await app.act("fault", { fault: "disconnect" }, node))) return;
    app.screen.toast("The wire is cut: the answer to the next post will be lost, and the socket dropped.");
  };
  const node = button({ class: "button danger" }, cut, "Cut the wire");
  return el(
    "section.cut",
    node,
    el("p", "The next post is done, but its answer is lost; and the socket drops now."),
  );
}

function faultForm(app) {
  const kind = choice("What goes wrong", KINDS.map(([value, words]) => [value, words]));
  const method = choice("In which method", [["*", "All methods"]]);
  const times = field("How often", { type: "number", min: 1, max: 1000, value: 1 });
  const wait = field("Retry-After, in seconds", { type: "number", min: 0, max: 3600, value: 30 });
  const code = field(
    "Error code",
    { type: "text", value: "internal_error", spellcheck: "false", pattern: "[a-z0-9_]+" },
    "Small letters, digits and underscores, as in channel_not_found.",
  );
  const about = el("p.panel-note");
  const submit = el("button", { type: "submit", class: "button primary" }, "Break it");
  const form = el(
    "form",
    { class: "fault-form", novalidate: true },
    el("h3", "Break something"),
    kind.node,
    about,
    code.node,
    method.node,
    el("div.pair", times.node, wait.node),
    submit,
  );
  const fit = () => {
    const chosen = kind.input.value;
    about.textContent = KINDS.find(([value]) => value === chosen)[2];
    method.node.hidden = times.node.hidden = chosen === "disconnect";
    wait.node.hidden = chosen !== "ratelimited";
    code.node.hidden = chosen !== CUSTOM;
  };
  kind.input.addEventListener("change", fit);
  fit();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const wrong = [times, wait, code].filter((one) => !one.check());
    if (wrong.length) wrong[0].input.focus();
    else app.act("fault", bodyOf({ kind, method, times, wait, code }), submit);
  });
  return { node: form, offer: (methods) => offer(method.input, methods) };
}

function bodyOf({ kind, method, times, wait, code }) {
  const chosen = kind.input.value;
  if (chosen === "disconnect") return { fault: chosen };
  return {
    fault: chosen === CUSTOM ? `error:${code.input.value.trim()}` : chosen,
    method: method.input.value,
    times: Number(times.input.value),
    ...(chosen === "ratelimited" ? { retry_after: Number(wait.input.value) } : {}),
  };
}

function choice(label, options) {
  const input = el("select", { class: "input", id: freshId("choice") });
  input.append(...options.map(([value, words]) => el("option", { value }, words)));
  return { input, node: labelled(label, input) };
}

/** `check()` tells whether what stands in the field will do, and if not says so below it. */
function field(label, props, words = `A whole number from ${props.min} to ${props.max}.`) {
  const id = freshId("field");
  const problem = el("p", { class: "problem", id: `${id}-problem`, role: "alert" });
  const settings = { class: "input", id, required: true, "aria-describedby": problem.id };
  const input = el("input", { ...settings, ...props });
  const node = labelled(label, input);
  node.append(problem);
  const check = () => {
    const isRight = node.hidden || input.checkValidity();
    problem.textContent = isRight ? "" : words;
    if (isRight) input.removeAttribute("aria-invalid");
    else input.setAttribute("aria-invalid", "true");
    return isRight;
  };
  return { input, node, check };
}

const labelled = (words, input) =>
  el("div.panel-field", el("label", { for: input.id }, words), input);

/** Fills in the methods once; what was chosen stays. */
function offer(select, methods) {
  if (select.options.length === methods.length + 1) return;
  const chosen = select.value;
  select.replaceChildren(
    el("option", { value: "*" }, "All methods"),
    ...methods.map((name) => el("option", { value: name }, name)),
  );
  select.value = methods.includes(chosen) ? chosen : "*";
}

function plannedItems(app, { faults, closed }) {
  const items = faults.map((one, index) => {
    const words = [kindWords(one.fault), where(one.method), timesLeft(one.times)];
    return item(`fault-${index}`, words);
  });
  const { zone } = app.world;
  for (const { method, until } of closed) {
    const till = timeOf(Date.parse(until), zone);
    items.push(item(`closed-${method}`, ["Closed after a 429", method, `until ${till}`]));
  }
  return items.length ? items : [item("none", ["Nothing is broken.", "", ""])];
}

function item(id, [what, method, left]) {
  const draw = () =>
    el(
      "li",
      { class: method ? "planned-fault" : "panel-note" },
      el("span", what),
      method ? el("code", method) : null,
      left ? el("small", left) : null,
    );
  return { id, key: JSON.stringify([what, method, left]), draw };
}

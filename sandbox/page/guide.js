// What to try here, above the places: the step that is next, how far one is, and all steps on demand.

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { mrkdwn } from "./mrkdwn.js";

const KEPT = "guide unfolded";

/** Brings the guide in `node` up to date. */
export function drawGuide(app, node) {
  const { guide, world } = app;
  node.hidden = !guide || app.guideIsClosed;
  const isUnfolded = unfolded(guide);
  const key = JSON.stringify([guide, world.viewer?.id, isUnfolded]);
  if (node.hidden || node.dataset.key === key) return;
  const focus = node.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  node.dataset.key = key;
  const steps = stepsOf(guide);
  const next = steps.findIndex((step) => !step.done);
  const isDone = steps.length > 0 && next === -1;
  node.classList.toggle("is-done", isDone);
  node.replaceChildren(
    el(
      "div",
      { class: "guide-line" },
      progress(steps),
      isUnfolded || !steps.length
        ? heading(app, guide)
        : isDone
          ? ending(app, guide)
          : present(app, steps[next]),
      foldButton(app, node, isUnfolded, steps),
      closeButton(app),
    ),
    isUnfolded ? allSteps(app, guide, steps, next) : "",
  );
  if (focus) node.querySelector(`[data-key="${focus}"]`)?.focus();
}

/** A guide whose steps cannot tick is there to be read, so it begins unfolded. */
function unfolded(guide) {
  const kept = sessionStorage.getItem(KEPT);
  return kept ? kept === "yes" : !guide?.steps?.some((step) => "done" in Object(step));
}

const stepsOf = (guide) =>
  (guide.steps || []).map((step) => (typeof step === "string" ? { text: step } : step));

/** "2 of 4", with a dot for each step. A guide that cannot tick has neither. */
function progress(steps) {
  if (!steps.some((step) => "done" in step)) return null;
  const done = steps.filter((step) => step.done).length;
  const at = Math.min(done + 1, steps.length);
  const words = done === steps.length ? "All done" : `Step ${at} of ${steps.length}`;
  const dots = steps.map((step) => el("span", { class: step.done ? "dot done" : "dot" }));
  return el(
    "div",
    { class: "guide-progress" },
    el("span", { class: "dots", "aria-hidden": "true" }, dots),
    el("span", { class: "guide-count" }, words),
  );
}

const heading = (app, { title }) =>
  el("strong", { class: "guide-step" }, mrkdwn(title, app.world));

function present(app, step) {
  return el(
    "div",
    { class: "guide-step", "aria-live": "polite" },
    become(app, step),
    mrkdwn(step.text, app.world),
  );
}

/** The first line of the ending; the rest stands below it when unfolded. */
function ending(app, guide) {
  const [first] = endingLines(guide);
  return el(
    "div",
    { class: "guide-step", "aria-live": "polite" },
    icon("tick"),
    " ",
    mrkdwn(first, app.world),
  );
}

function endingLines({ ending: words }) {
  if (!words) return ["You have seen it all."];
  return Array.isArray(words) ? words : String(words).split("\n");
}

function foldButton(app, node, isUnfolded, steps) {
  if (!steps.length) return null;
  const press = () => {
    sessionStorage.setItem(KEPT, isUnfolded ? "no" : "yes");
    drawGuide(app, node);
  };
  return el(
    "button",
    {
      type: "button",
      class: "guide-fold",
      "data-key": "fold",
      "aria-expanded": String(isUnfolded),
      on: { click: press },
    },
    isUnfolded ? "Fold" : "All steps",
    " ",
    icon(isUnfolded ? "up" : "down"),
  );
}

function closeButton(app) {
  return el(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": "Close the guide",
      on: { click: () => app.closeGuide(true) },
    },
    icon("close"),
  );
}

function allSteps(app, guide, steps, next) {
  const rest = next === -1 ? endingLines(guide) : [];
  return el(
    "div",
    { class: "guide-all" },
    el(
      "ol",
      {},
      steps.map((step, index) => stepLine(app, step, index === next)),
    ),
    rest.length ? el("div", { class: "guide-rest" }, mrkdwn(rest.join("\n"), app.world)) : null,
  );
}

function stepLine(app, step, isNext) {
  const sign = step.done ? icon("tick") : null;
  const state = step.done ? "done" : isNext ? "next" : "";
  return el(
    "li",
    { class: state, "aria-current": isNext ? "step" : null },
    sign,
    sign ? el("span", { class: "spoken" }, "Done: ") : null,
    step.done ? null : become(app, step),
    mrkdwn(step.text, app.world),
  );
}

function become(app, step) {
  const user = app.world.user(step.user);
  if (!user) return null;
  const name = app.world.nameOf(user);
  return user.id === app.world.viewer?.id
    ? el("span", { class: "tag" }, `You are ${name}`)
    : el(
        "button",
        {
          type: "button",
          class: "become",
          "data-key": `become-${user.id}`,
          on: { click: () => app.become(user.id) },
        },
        `Be ${name}`,
      );
}

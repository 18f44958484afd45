// What to try here, above the places: the step that is next, how far one is, and all steps on demand.

import { button, iconButton } from "./buttons.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { mrkdwn } from "./mrkdwn.js";

const KEPT = "guide unfolded";
const KEPT_END = "guide ending unfolded";

/** Brings the guide in `node` up to date. */
export function drawGuide(app, node) {
  const { guide, world } = app;
  node.hidden = !guide || app.guideIsClosed;
  if (node.hidden) return;
  const steps = stepsOf(guide);
  const isUnfolded = unfolded(steps);
  const key = JSON.stringify([guide, world.viewer?.id, isUnfolded]);
  if (node.dataset.key === key) return;
  const focus = node.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  node.dataset.key = key;
  const isDone = isAllDone(steps);
  node.classList.toggle("is-done", isDone);
  // Who comes anew reads what this is before the first step.
  const isNew = steps.length && !isUnfolded && !steps[0].done;
  node.replaceChildren(
    isNew ? el("div.guide-what", mrkdwn(guide.title, world)) : "",
    el(
      "div.guide-line",
      progress(steps),
      isDone
        ? ending(app, guide)
        : isUnfolded || !steps.length
          ? heading(app, guide)
          : present(app, nextOf(steps)),
      foldButton(app, node, isUnfolded, steps),
      iconButton("close", "Close the guide", () => app.closeGuide(true)),
    ),
    isUnfolded ? unfoldedPart(app, guide, steps) : "",
  );
  if (focus) node.querySelector(`[data-key="${focus}"]`)?.focus();
}

const isAllDone = (steps) => steps.length > 0 && steps.every((step) => step.done);

/** What is there to be read begins unfolded: the ending, and steps that cannot tick. */
function unfolded(steps) {
  const kept = sessionStorage.getItem(isAllDone(steps) ? KEPT_END : KEPT);
  if (kept || matchMedia("(max-width: 680px)").matches) return kept === "yes";
  return isAllDone(steps) || !steps.some((step) => "done" in step);
}

const stepsOf = (guide) =>
  (guide.steps || []).map((step) => (typeof step === "string" ? { text: step } : step));

const nextOf = (steps) => steps.find((step) => !step.done);

/** "Step 2 of 4", with a dot for each step. A guide that cannot tick has neither. */
function progress(steps) {
  if (!steps.some((step) => "done" in step)) return null;
  const done = steps.filter((step) => step.done).length;
  const at = Math.min(done + 1, steps.length);
  const words = done === steps.length ? "All done" : `Step ${at} of ${steps.length}`;
  const dots = steps.map((step) => el("span", { class: step.done ? "dot done" : "dot" }));
  return el(
    "div.guide-progress",
    el("span", { class: "dots", "aria-hidden": "true" }, dots),
    el("span.guide-count", words),
  );
}

const heading = (app, { title }) =>
  el("strong.guide-step", mrkdwn(title, app.world));

function present(app, step) {
  return el(
    "div",
    { class: "guide-step", "aria-live": "polite" },
    become(app, step),
    mrkdwn(step.text, app.world),
  );
}

/** The first line of the ending, its title. */
function ending(app, guide) {
  const [first] = endingLines(guide);
  return el("div", { class: "guide-step title", "aria-live": "polite" }, mrkdwn(first, app.world));
}

function endingLines({ ending: words }) {
  if (!words) return ["You have seen it all."];
  return Array.isArray(words) ? words : String(words).split("\n");
}

function foldButton(app, node, isUnfolded, steps) {
  const isDone = isAllDone(steps);
  if (!steps.length) return null;
  const press = () => {
    sessionStorage.setItem(isDone ? KEPT_END : KEPT, isUnfolded ? "no" : "yes");
    drawGuide(app, node);
  };
  return button(
    { class: "guide-fold", "data-key": "fold", "aria-expanded": String(isUnfolded) },
    press,
    isUnfolded ? "Fold" : isDone ? "How" : "All steps",
    " ",
    icon(isUnfolded ? "up" : "down"),
  );
}

/** All steps, or once they are done what comes after them. */
function unfoldedPart(app, guide, steps) {
  if (isAllDone(steps)) {
    const rest = endingLines(guide).slice(1).join("\n");
    return el("div.guide-all.guide-rest", mrkdwn(rest, app.world));
  }
  const next = nextOf(steps);
  const lines = steps.map((step) => stepLine(app, step, step === next));
  return el("div.guide-all", el("ol", lines));
}

function stepLine(app, step, isNext) {
  const sign = step.done ? icon("check") : null;
  const state = step.done ? "done" : isNext ? "next" : "";
  return el(
    "li",
    { class: state, "aria-current": isNext ? "step" : null },
    sign,
    sign ? el("span.spoken", "Done: ") : null,
    step.done ? null : become(app, step),
    mrkdwn(step.text, app.world),
  );
}

function become(app, step) {
  const user = app.world.user(step.user);
  if (!user) return null;
  const name = app.world.nameOf(user);
  return user.id === app.world.viewer?.id
    ? el("span.tag", `You are ${name}`)
    : button(
        { class: "become", "data-key": `become-${user.id}` },
        () => app.become(user.id),
        `Be ${name}`,
      );
}

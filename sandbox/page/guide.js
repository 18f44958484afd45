// What to try here, above the places: one step a line, some with the person who takes it.

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { mrkdwn } from "./mrkdwn.js";

/** Brings the guide in `node` up to date. */
export function drawGuide(app, node) {
  const { guide, world } = app;
  node.hidden = !guide || app.guideIsClosed;
  const key = JSON.stringify([guide, world.viewer?.id]);
  if (node.hidden || node.dataset.key === key) return;
  node.dataset.key = key;
  const close = el(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": "Close the guide",
      on: { click: () => app.closeGuide(true) },
    },
    icon("close"),
  );
  const steps = (guide.steps || []).map((step) => el("li", {}, stepNodes(app, step)));
  node.replaceChildren(
    el("div", {}, el("strong", {}, mrkdwn(guide.title, world)), el("ol", {}, steps)),
    close,
  );
}

function stepNodes(app, step) {
  if (typeof step === "string") return mrkdwn(step, app.world);
  const user = app.world.user(step.user);
  return [user ? become(app, user) : null, mrkdwn(step.text, app.world)];
}

function become(app, user) {
  const name = app.world.nameOf(user);
  return user.id === app.world.viewer?.id
    ? el("span", { class: "tag" }, `You are ${name}`)
    : el(
        "button",
        { type: "button", class: "become", on: { click: () => app.become(user.id) } },
        `Be ${name}`,
      );
}

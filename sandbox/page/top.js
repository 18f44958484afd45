// The bar at the top: whose Slack this is, what time it is, who you are.

import { fullMoment, zoneName } from "./dates.js";
import { el } from "./dom.js";
import { avatar } from "./faces.js";
import { icon } from "./icons.js";
import { peoplePicker } from "./people.js";

const STEPS = [
  ["+10 min", "PT10M"],
  ["+1 hour", "PT1H"],
  ["+1 day", "P1D"],
];

/** Builds the bar once; `update()` brings it up to date, `tick()` its time alone. */
export function topBar(app, node) {
  const parts = {
    name: el("strong", { class: "workspace" }),
    moment: el("time", { class: "moment" }),
    zone: el("span", { class: "zone" }),
    clock: clockButtons(app),
    face: el("span", { class: "face" }),
    people: peoplePicker(app),
    guide: el(
      "button",
      {
        type: "button",
        class: "guide-button",
        hidden: true,
        on: { click: () => app.closeGuide(false) },
      },
      "What to try",
    ),
  };
  const you = el(
    "label",
    { class: "you" },
    parts.face,
    el("span", { class: "you-label" }, "You are"),
    parts.people.node,
  );
  node.append(
    parts.name,
    el(
      "div",
      { class: "clock", role: "group", "aria-label": "Clock" },
      el("div", { class: "now" }, parts.moment, parts.zone),
      parts.clock.node,
    ),
    parts.guide,
    you,
  );
  const tick = () => showMoment(app.world, parts);
  return {
    tick,
    update: () => {
      tick();
      update(app, parts);
    },
  };
}

function showMoment(world, { moment, zone }) {
  const now = world.nowMs();
  const words = fullMoment(now, world.zone);
  if (moment.textContent !== words) moment.textContent = words;
  moment.dateTime = new Date(now).toISOString();
  zone.textContent = zoneName(now, world.zone);
}

function update(app, { name, clock, face, people, guide }) {
  const { world } = app;
  name.textContent = world.team(world.viewer?.team_id)?.name || "Sandbox";
  document.title = `${name.textContent} | Sandbox`;
  clock.update(world.facts);
  if (world.viewer) face.replaceChildren(avatar(world.viewer.id, world.nameOf(world.viewer)));
  people.update();
  guide.hidden = !app.guide || !app.guideIsClosed;
}

function clockButtons(app) {
  const move = (body) => async (event) => {
    const node = event.currentTarget;
    await app.act("clock", await body(), node);
  };
  const steps = STEPS.map(([words, advance]) =>
    el("button", { type: "button", on: { click: move(() => ({ advance })) } }, words),
  );
  const next = el(
    "button",
    { type: "button", on: { click: () => app.nextEvent(next) } },
    "Next event",
  );
  const run = el("button", {
    type: "button",
    class: "run",
    on: { click: move(() => ({ running: !app.world.facts.running })) },
  });
  const node = el("div", { class: "clock-buttons" }, steps, next, run);
  const show = (facts) => {
    next.hidden = !facts.next_due;
    next.title = facts.next_due ? fullMoment(Date.parse(facts.next_due), app.world.zone) : "";
    run.hidden = facts.running === undefined;
    run.replaceChildren(
      icon(facts.running ? "running" : "paused"),
      " ",
      facts.running ? "Running" : "Paused",
    );
    run.classList.toggle("is-running", Boolean(facts.running));
    run.title = facts.running ? "Stop the clock" : "Let the clock run";
  };
  return { node, update: show };
}

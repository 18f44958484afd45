// The clock in the top bar: the present moment on every side, and the buttons that move it.

import { button } from "./buttons.js";
import { dayOf, epochOf, fullMoment, knownZone, zoneName } from "./dates.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";

const DAY_MS = 86_400_000;
const MOST_ZONES = 3;
const DAY_BEGINS = "09:00";

/** `node` for the bar; `update()` brings it up to date, `tick()` the time alone. */
export function clockGroup(app, walks) {
  const faces = el("div.now");
  const buttons = clockButtons(app, walks);
  const node = el(
    "div",
    { class: "clock", role: "group", "aria-label": "Clock" },
    faces,
    buttons.node,
  );
  const tick = () => showMoments(app, faces);
  return {
    node,
    tick,
    update: () => {
      tick();
      buttons.update();
    },
  };
}

/** The zones to show, the acting person's first, then one for each other company of the open place. */
export function zonesHere({ world, place }) {
  const shared = world.myChannels().find((one) => one.is_shared);
  const channel = world.channel(place) || shared;
  const teams = (channel?.team_ids || []).filter((id) => id !== world.viewer?.team_id);
  const zones = [world.zone, ...teams.map((id) => commonZone(world, id, channel))];
  return [...new Set(zones.filter(Boolean))].slice(0, MOST_ZONES);
}

/** The zone of most of a company's people in a channel, or of most of its people at all. */
function commonZone(world, teamId, channel) {
  const people = world.people.filter((user) => user.team_id === teamId);
  const here = people.filter((user) => channel.members.includes(user.id));
  const counts = new Map();
  for (const { tz } of here.length ? here : people) counts.set(tz, (counts.get(tz) || 0) + 1);
  const [most] = [...counts].sort(([, one], [, other]) => other - one);
  return most ? knownZone(most[0]) : null;
}

const city = (zone) => zone.split("/").pop().replaceAll("_", " ");

function showMoments(app, node) {
  const { world } = app;
  const now = world.nowMs();
  const zones = zonesHere(app);
  const key = JSON.stringify([Math.floor(now / 60_000), zones]);
  if (node.dataset.key === key) return;
  node.dataset.key = key;
  node.replaceChildren(...zones.map((zone, index) => face(now, zone, index === 0)));
}

function face(now, zone, isOwn) {
  const whole = fullMoment(now, zone);
  // The year stands once.
  const words = isOwn ? whole : whole.replace(/ \d{4},/, ",");
  return el(
    "div",
    { class: isOwn ? "face-time own" : "face-time", title: `${whole}, ${zoneName(now, zone)}` },
    el("time", { class: "moment", datetime: new Date(now).toISOString() }, words),
    " ",
    el("span.zone", city(zone)),
  );
}

function clockButtons(app, walks) {
  const steps = [
    ["+10 min", () => walks.by("PT10M", "+10 minutes")],
    ["+1 hour", () => walks.by("PT1H", "+1 hour")],
  ].map(([words, press]) => button({}, press, words));
  const toWork = () => {
    const ms = nextWorkingDay(app.world.nowMs(), app.world.zone);
    return walks.to(ms, `To ${fullMoment(ms, app.world.zone)}`);
  };
  const day = button({}, toWork, "Next working day");
  const next = button({}, () => walks.toNextEvent(), "Next event");
  const play = button({}, () => walks.playWeek(), "Play the week");
  const turn = () => app.act("clock", { running: !app.world.facts.running }, run);
  const run = button({ class: "run" }, turn);
  const moving = [...steps, day, next, play];
  const node = el("div.clock-buttons", moving, run);
  const update = () => {
    const { facts, zone } = app.world;
    day.title = `To ${fullMoment(nextWorkingDay(app.world.nowMs(), zone), zone)}`;
    // While the clock goes on, what is due changes all the time.
    if (!walks.now) next.hidden = !facts.next_due;
    next.title = facts.next_due ? `At ${fullMoment(Date.parse(facts.next_due), zone)}` : "";
    play.title = "Seven days, event by event, with a pause wherever something is said";
    for (const one of moving) one.setAttribute("aria-disabled", String(Boolean(walks.now)));
    showRun(run, facts.running);
  };
  walks.listen(update);
  return { node, update };
}

function showRun(node, running) {
  node.hidden = running === undefined;
  const state = running ? "Running" : "Paused";
  if (node.dataset.state === state) return;
  node.dataset.state = state;
  node.replaceChildren(icon(running ? "running" : "paused"), el("span", state));
  node.classList.toggle("is-running", Boolean(running));
  node.title = running ? "Running in real time; press to pause" : "Paused; press to let it run";
}

/** The next 09:00 in `zone` that falls on a Monday to Friday, in milliseconds. */
export function nextWorkingDay(nowMs, zone) {
  for (let days = 0; ; days += 1) {
    // From noon, so that no clock change skips a day.
    const noon = epochOf(`${dayOf(nowMs, zone)}T12:00`, zone) * 1000 + days * DAY_MS;
    const on = dayOf(noon, zone);
    const ms = epochOf(`${on}T${DAY_BEGINS}`, zone) * 1000;
    const weekday = new Date(`${on}T00:00Z`).getUTCDay();
    if (ms > nowMs && weekday >= 1 && weekday <= 5) return ms;
  }
}

// The tab that says what comes next, day by day, and what was said in the last played week.

import { read } from "./api.js";
import { button } from "./buttons.js";
import { dayHeading, dayOf, fullMoment, timeOf } from "./dates.js";
import { el } from "./dom.js";
import { Latest, problemBox } from "./latest.js";
import { reconcile } from "./reconcile.js";
import { saidItem } from "./strip.js";

const MOST_DUE = 200;

/** The tab; `said()` lists what was said in the last played week. */
export function timelinePanel(app, walks) {
  const list = el("ol", { class: "timeline", "aria-label": "What comes next" });
  const said = el("ol.timeline.said-list");
  const saidPart = el("section", { id: "said" }, el("h3", "Said in the week that was played"), said);
  const problem = problemBox();
  let answer = null;
  const draw = () => {
    if (answer) drawDue(app, walks, list, answer);
    saidPart.hidden = !walks.said.length;
    reconcile(
      said,
      walks.said.map((line) => saidItem(app, line)),
    );
  };
  const latest = new Latest(app, ["due", "clock", "message", "world"], async () => {
    answer = await read("due", { limit: MOST_DUE });
    draw();
  }, problem.say);
  walks.listen(draw);
  return {
    node: el("div.panel-body", problem.node, list, saidPart),
    shown: (isShown) => latest.show(isShown),
    update: draw,
  };
}

function drawDue(app, walks, list, { due, more }) {
  const { zone } = app.world;
  const items = [];
  let day = null;
  due.forEach((one, index) => {
    const ms = Date.parse(one.at);
    if (dayOf(ms, zone) !== day) items.push(dayItem(app, ms));
    day = dayOf(ms, zone);
    items.push(dueItem(app, walks, one, index));
  });
  if (more) items.push(note("more", `And ${more} more after that.`));
  if (!due.length) items.push(note("none", whyEmpty(app)));
  reconcile(list, items);
}

function whyEmpty({ world }) {
  if (world.facts.connected === false)
    return "Nothing is planned: no app is connected to this sandbox.";
  return "Nothing is planned. An app that runs by itself does not say what it will do; what it asks Slack to post later stands here.";
}

const note = (id, words) => ({
  id,
  key: words,
  draw: () => el("li.panel-note", words),
});

function dayItem(app, ms) {
  const { zone } = app.world;
  const near = dayHeading(ms, zone, app.world.nowMs());
  const date = fullMoment(ms, zone).split(",")[0];
  const words = ["Today", "Tomorrow", "Yesterday"].includes(near) ? `${near}, ${date}` : date;
  return {
    id: `day-${dayOf(ms, zone)}`,
    key: words,
    draw: () => el("li.timeline-day", el("h3", words)),
  };
}

function dueItem(app, walks, { at, what, where }, index) {
  const { zone } = app.world;
  const ms = Date.parse(at);
  const place = placeOf(app, where);
  const moment = fullMoment(ms, zone);
  const go = () => walks.to(ms, `To ${moment}`);
  const draw = () =>
    el(
      "li.due",
      el("time", { datetime: at }, timeOf(ms, zone)),
      el("div.due-words", el("span", what), place ? el("small", place) : null),
      button({ class: "quiet", "aria-label": `Go there: ${moment}` }, go, "Go there"),
    );
  // Two of one kind may be due at one moment in one place.
  return { id: `${at}/${what}/${where}/${index}`, key: JSON.stringify([zone, place]), draw };
}

function placeOf({ world }, where) {
  const channel = world.channel(where);
  if (channel) return `#${channel.name}`;
  const im = world.facts.ims?.find((one) => one.id === where);
  const user = im && world.user(im.user);
  return user ? `to ${world.nameOf(user)}` : "";
}

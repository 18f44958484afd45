// The bar at the top: whose Slack this is, what time it is, who you are, and the way to the tools.

import { button } from "./buttons.js";
import { clockGroup } from "./clock.js";
import { el } from "./dom.js";
import { Drawer } from "./drawer.js";
import { avatar } from "./faces.js";
import { Broken, faultBadge, faultsPanel } from "./faults.js";
import { icon } from "./icons.js";
import { peoplePicker } from "./people.js";
import { walkStrip } from "./strip.js";
import { timelinePanel } from "./timeline.js";
import { Walks } from "./walks.js";
import { wirePanel } from "./wire.js";
import { worldsPanel } from "./worlds.js";

const byId = (id) => document.getElementById(id);

/** Builds the bar and the tools once; `update()` brings them up to date, `tick()` the time alone. */
export function topBar(app, node) {
  const walks = new Walks(app);
  const tools = buildTools(app, walks);
  const strip = walkStrip(app, walks, byId("walk"), () => {
    tools.drawer.show("timeline");
    byId("said").scrollIntoView();
  });
  const parts = {
    name: el("strong.workspace"),
    clock: clockGroup(app, walks),
    face: el("span.face"),
    people: peoplePicker(app),
    guide: guideButton(app),
  };
  node.append(
    parts.name,
    parts.clock.node,
    el("div.top-tools", parts.guide, tools.badge, tools.opener),
    el("label.you", parts.face, el("span.spoken", "You are"), parts.people.node),
  );
  let isStarted = false;
  return {
    tick: parts.clock.tick,
    update: () => {
      update(app, parts);
      strip.update();
      if (isStarted) return tools.update();
      isStarted = true;
      tools.start();
    },
  };
}

function update(app, { name, clock, face, people, guide }) {
  const { world } = app;
  name.textContent = world.team(world.viewer?.team_id)?.name || "Sandbox";
  document.title = `${name.textContent} | Sandbox`;
  clock.update();
  if (world.viewer) face.replaceChildren(avatar(world.viewer.id, world.nameOf(world.viewer)));
  people.update();
  guide.hidden = !app.guide || !app.guideIsClosed;
}

function guideButton(app) {
  const press = () => app.closeGuide(false);
  return button({ class: "top-button", hidden: true }, press, "What to try");
}

function buildTools(app, walks) {
  const broken = new Broken(app);
  const opener = button(
    { class: "top-button", "aria-controls": "drawer", title: "Timeline, wire, faults, worlds" },
    () => drawer.toggle(),
    icon("tools"),
    el("span", "Tools"),
  );
  const drawer = new Drawer(
    byId("drawer"),
    [
      { id: "timeline", words: "Timeline", make: () => timelinePanel(app, walks) },
      { id: "wire", words: "Wire", make: () => wirePanel(app) },
      { id: "faults", words: "Break things", make: () => faultsPanel(app, broken) },
      { id: "worlds", words: "Worlds", make: () => worldsPanel(app) },
    ],
    () => opener.setAttribute("aria-expanded", String(Boolean(drawer.open))),
  );
  opener.setAttribute("aria-expanded", "false");
  const start = () => {
    broken.start();
    drawer.restore();
  };
  const badge = faultBadge(broken, () => drawer.show("faults"));
  return { drawer, opener, badge, start, update: () => drawer.update() };
}

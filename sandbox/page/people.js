// The field in which one chooses who to be: a list to look through, or a name to type.

import { el, freshId } from "./dom.js";

/** `node` is the field with its list; `update()` brings both up to date. */
export function peoplePicker(app) {
  const list = el("datalist", { id: freshId("people") });
  const box = el("input", {
    class: "people",
    list: list.id,
    "aria-label": "You are",
    title: "Type a name or a company",
    autocomplete: "off",
    spellcheck: "false",
  });
  const show = () => {
    box.value = app.world?.viewer ? lineOf(app.world.viewer, app.world) : "";
  };
  const take = (user) => {
    if (!user) return;
    box.blur();
    app.become(user.id);
  };
  box.addEventListener("focus", () => {
    // An empty field offers everybody.
    box.placeholder = box.value;
    box.value = "";
  });
  box.addEventListener("blur", show);
  box.addEventListener("input", () => take(exactly(app.world, box.value)));
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") box.blur();
    if (event.key === "Enter" && box.value.trim()) enter(app, box, take);
  });
  const update = () => {
    const lines = inTeams(app.world).map((user) => lineOf(user, app.world));
    const key = JSON.stringify(lines);
    if (list.dataset.key !== key)
      list.replaceChildren(...lines.map((line) => el("option", { value: line })));
    list.dataset.key = key;
    if (document.activeElement !== box) show();
  };
  return { node: el("span", { class: "people-field" }, box, list), update };
}

function enter(app, box, take) {
  const found = bestFor(app.world, box.value.trim().toLowerCase());
  if (found) take(found);
  else app.screen.toast(`Nobody here is called ${box.value.trim()}.`);
}

const inTeams = (world) =>
  world.facts.teams.flatMap((team) => world.people.filter((user) => user.team_id === team.id));

const exactly = (world, line) => inTeams(world).find((user) => lineOf(user, world) === line);

/** Whom somebody means who typed a part of a name or company; the nearest first. */
function bestFor(world, typed) {
  const people = inTeams(world);
  const starts = (user) => world.nameOf(user).toLowerCase().startsWith(typed);
  const holds = (user) => lineOf(user, world).toLowerCase().includes(typed);
  return (
    people.find((user) => user.name.toLowerCase() === typed) ||
    people.find(starts) ||
    people.find(holds)
  );
}

/** A person as the list names them; two of one name in one company are told apart. */
function lineOf(user, world) {
  const company = world.team(user.team_id)?.name || user.team_id;
  const isTwin = (other) =>
    other !== user &&
    other.team_id === user.team_id &&
    world.nameOf(other) === world.nameOf(user);
  const handle = world.people.some(isTwin) ? `, @${user.name}` : "";
  return `${world.nameOf(user)} (${company}${user.guest ? ", guest" : ""}${handle})`;
}

// Who is in a channel, by company; the way in and out for people and the app.

import { button, iconButton } from "./buttons.js";
import { el } from "./dom.js";
import { avatar } from "./faces.js";
import { WindowedList } from "./list.js";

/** Opens the list of the open channel's members; `opener` gets the focus back. */
export function openMembers(app, opener) {
  const channelId = app.place;
  const box = el("input", {
    class: "input",
    type: "search",
    placeholder: "Find people",
    "aria-label": "Find people",
    autocomplete: "off",
  });
  const list = new WindowedList({ class: "member-list", "aria-label": "Members" });
  const title = el("h2", { id: "members-title" });
  const dialog = el("dialog", { class: "modal members", "aria-labelledby": title.id });
  const show = () => {
    const channel = app.world.channel(channelId);
    if (!channel) return dialog.close();
    title.textContent = `People in #${channel.name}`;
    list.show(rowsOf(app, channel, box.value.trim().toLowerCase(), show));
  };
  const close = iconButton("close", "Close", () => dialog.close());
  dialog.append(el("header", title, close), el("div.member-find", box), list.node);
  const ends = [app.listen("world", () => setTimeout(show, 100))];
  dialog.addEventListener("close", () => {
    for (const end of ends) end();
    dialog.remove();
    opener.focus();
  });
  box.addEventListener("input", () => {
    list.toStart();
    show();
  });
  document.body.append(dialog);
  dialog.showModal();
  list.toStart();
  show();
  list.toStart();
}

function rowsOf(app, channel, typed, show) {
  const { world } = app;
  const everybody = [...world.people, ...(world.bot ? [world.bot] : [])];
  const found = everybody.filter((user) => isFound(user, world, typed));
  const inside = new Set(channel.members);
  const rows = (channel.team_ids || []).flatMap((teamId) => {
    const people = found.filter((user) => inside.has(user.id) && companyOf(user, world) === teamId);
    const name = world.team(teamId)?.name || teamId;
    return people.length
      ? [headRow(teamId, `${name}, ${people.length}`), ...people.map((user) => row(app, channel, user, show))]
      : [];
  });
  // Everybody outside would be too many to read through: they are found by name. People of a company
  // that does not share the channel cannot come in.
  const mayJoin = (user) => user.is_bot || (typed && channel.team_ids?.includes(user.team_id));
  const outside = found.filter((user) => !inside.has(user.id) && mayJoin(user));
  if (outside.length && !channel.is_archived)
    rows.push(headRow("outside", "Not in this channel"), ...outside.map((user) => row(app, channel, user, show)));
  return rows.length ? rows : [headRow("none", "Nobody here is called that.")];
}

/** The app belongs to the company that installed it. */
const companyOf = (user, world) => (user.is_bot ? world.facts.app?.team_id || user.team_id : user.team_id);

function isFound(user, world, typed) {
  const words = `${world.nameOf(user)} ${user.name} ${world.team(user.team_id)?.name || ""}`;
  return words.toLowerCase().includes(typed);
}

const headRow = (id, words) => ({
  id: `head-${id}`,
  isStill: true,
  guess: 34,
  key: () => words,
  draw: () => el("li.member-head", words),
});

function row(app, channel, user, show) {
  const isIn = channel.members.includes(user.id);
  return {
    id: user.id,
    guess: 44,
    key: () => `${isIn}${JSON.stringify(user)}`,
    draw: () => drawRow(app, channel, user, { isIn, show }),
  };
}

function drawRow(app, channel, user, { isIn, show }) {
  const { world } = app;
  const name = world.nameOf(user);
  const move = async (event) => {
    const body = { channel: channel.id, user: user.id, joined: !isIn };
    await app.act("member", body, event.currentTarget);
    await app.refresh("world");
    show();
  };
  const words = isIn ? "Remove" : "Add";
  const tags = [user.is_bot ? "App" : null, user.guest ? "Guest" : null].filter(Boolean);
  return el(
    "li",
    { class: "member", tabindex: "-1" },
    avatar(user.id, name, user.is_bot),
    el("span", { class: "member-name", dir: "auto" }, name),
    tags.map((tag) => el("span.tag", tag)),
    el("span.member-handle", isIn ? `@${user.name}` : world.team(user.team_id)?.name),
    button({ class: "button small", "aria-label": `${words} ${name}` }, move, words),
  );
}

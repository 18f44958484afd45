// The list of places on the left.

import { el, spoken } from "./dom.js";
import { icon } from "./icons.js";
import { reconcile } from "./reconcile.js";

/** Brings the list up to date. */
export function drawPlaces(app, node) {
  const { world } = app;
  const channels = world.myChannels().map((one) => channelItem(app, one));
  const botName = world.bot ? world.nameOf(world.bot) : "App";
  reconcile(node, [
    heading("h-channels", "Channels"),
    ...(channels.length ? channels : [note("none", "In no channel")]),
    heading("h-direct", "Direct messages"),
    placeItem(app, "dm", botName, [icon("message"), botName]),
    heading("h-apps", "Apps"),
    placeItem(app, "home", "Home", [icon("home"), `${botName}: Home`]),
  ]);
}

const heading = (id, words) => ({ id, key: words, draw: () => el("h2", {}, words) });

const note = (id, words) => ({ id, key: words, draw: () => el("p", { class: "note" }, words) });

function channelItem(app, channel) {
  const others = (channel.team_ids || []).filter((id) => id !== app.world.viewer.team_id);
  const names = others.map((id) => app.world.team(id)?.name || id).join(", ");
  const sharing = channel.is_shared
    ? el(
        "span",
        { class: "shared", title: `Shared with ${names}` },
        icon("shared"),
        spoken(`, shared with ${names}`),
      )
    : null;
  const archived = channel.is_archived ? spoken(", archived") : null;
  const words = [
    icon(channel.is_private ? "lock" : "hash"),
    el("span", { class: "place-name" }, channel.name),
    sharing,
    archived,
  ];
  return placeItem(
    app,
    channel.id,
    JSON.stringify([channel.name, names, channel.is_archived]),
    words,
    channel.is_archived,
  );
}

function placeItem(app, place, facts, words, isArchived = false) {
  const isOpen = app.place === place;
  const isUnread = app.unread.has(place);
  const classes = ["place", isUnread && "unread", isArchived && "archived"]
    .filter(Boolean)
    .join(" ");
  const draw = () =>
    el(
      "button",
      {
        type: "button",
        class: classes,
        "aria-current": isOpen ? "page" : null,
        on: { click: () => app.open(place) },
      },
      words,
      isUnread ? spoken(", new messages") : null,
    );
  return { id: place, key: JSON.stringify([facts, isOpen, isUnread, classes]), draw };
}

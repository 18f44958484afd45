// The list of places on the left.

import { button } from "./buttons.js";
import { el, spoken } from "./dom.js";
import { icon } from "./icons.js";
import { reconcile } from "./reconcile.js";

const MOST = 99;
const FEW = 20; // more channels than these stand below what is always there

/** Brings the list up to date. */
export function drawPlaces(app, node) {
  const { world } = app;
  const mine = world.myChannels();
  const botName = world.bot ? world.nameOf(world.bot) : "App";
  const channels = [
    heading("h-channels", "Channels"),
    ...mine.map((one) => channelItem(app, one)),
    ...(mine.length ? [] : [note("none", "In no channel")]),
  ];
  const always = [
    heading("h-direct", "Direct messages"),
    placeItem(app, "dm", { facts: botName, words: [icon("message"), name(botName)] }),
    heading("h-apps", "Apps"),
    placeItem(app, "home", { facts: botName, words: [icon("home"), name(`${botName}: Home`)] }),
  ];
  reconcile(node, mine.length > FEW ? [...always, ...channels] : [...channels, ...always]);
  if (node.dataset.open !== app.place) {
    node.dataset.open = app.place;
    node.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  }
  if (node.dataset.keys) return;
  node.dataset.keys = "heard";
  node.addEventListener("keydown", (event) => step(event, node));
}

const heading = (id, words) => ({ id, key: words, draw: () => el("h2", words) });

const note = (id, words) => ({ id, key: words, draw: () => el("p.note", words) });

const name = (words) => el("span", { class: "place-name", dir: "auto" }, words);

function channelItem(app, channel) {
  const names = (channel.team_ids || []).map((id) => app.world.team(id)?.name || id).join(" and ");
  const sharing = channel.is_shared
    ? el(
        "span",
        { class: "shared", title: `Shared by ${names}` },
        icon("shared"),
        spoken(`, shared by ${names}`),
      )
    : null;
  const archived = channel.is_archived ? spoken(", archived") : null;
  const sign = icon(channel.is_private ? "lock" : "hash");
  return placeItem(app, channel.id, {
    facts: JSON.stringify([channel.name, names, channel.is_archived, channel.is_private]),
    words: [sign, name(channel.name), sharing, archived],
    title: channel.name,
    isArchived: channel.is_archived,
  });
}

function placeItem(app, place, { facts, words, title, isArchived = false }) {
  const isOpen = app.place === place;
  const { unread, mentions } = place === "home" ? { unread: 0, mentions: 0 } : app.marksOf(place);
  const classes = ["place", unread && "unread", isArchived && "archived"].filter(Boolean);
  // One of them is on the way of the Tab key; from it the arrow keys lead on.
  const draw = () =>
    button(
      { class: classes.join(" "), title, tabindex: isOpen ? null : -1, "aria-current": isOpen && "page" },
      () => app.open(place),
      words,
      unread ? spoken(`, ${unread} new`) : null,
      mentions ? badge(mentions) : null,
    );
  return { id: place, key: JSON.stringify([facts, isOpen, unread, mentions, classes]), draw };
}

function badge(mentions) {
  const words = mentions > MOST ? `${MOST}+` : String(mentions);
  return el("span", { class: "badge", title: `${mentions} for you` }, words, spoken(" for you"));
}

/** Arrow keys go from place to place. */
function step(event, node) {
  const steps = { ArrowDown: 1, ArrowUp: -1, End: Infinity, Home: -Infinity };
  if (!steps[event.key] || !event.target.matches(".place")) return;
  event.preventDefault();
  const places = [...node.querySelectorAll(".place")];
  const at = places.indexOf(event.target) + steps[event.key];
  places[Math.max(0, Math.min(at, places.length - 1))].focus();
}

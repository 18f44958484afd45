// The head of the open place: its name, who is in it, what is pinned.

import { button } from "./buttons.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { inspectButton } from "./inspect.js";
import { openMembers } from "./members.js";
import { openPins } from "./pins.js";

/** `node` is the head, `update()` brings it up to date. `places` folds away on a narrow window. */
export function placeHead(app, places) {
  const fold = foldButton(places);
  const title = el("h1");
  const about = el("p.about");
  const members = headButton("people", () => openMembers(app, members));
  const pins = headButton("pin", () => openPins(app, pins));
  const raw = inspectButton(app, "Home tab", () => app.views.home, "home");
  const buttons = el("div.head-buttons", pins, members, raw);
  const update = () => {
    const channel = app.world.channel(app.place);
    const hasNews = placesOf(app).some((place) => place !== app.place && app.marksOf(place).unread);
    fold.setAttribute("aria-label", hasNews ? "Places, new messages" : "Places");
    fold.classList.toggle("unread", hasNews);
    title.textContent = nameOf(app, channel);
    about.textContent = channel ? aboutOf(app, channel) : "";
    members.hidden = !channel;
    raw.hidden = app.place !== "home" || !app.views.home;
    count(members, channel?.members.length, "member");
    const pinned = app.board?.pinned.length || 0;
    pins.hidden = !pinned;
    count(pins, pinned, "pinned message");
  };
  return { node: el("header.main-head", fold, title, about, buttons), update };
}

const placesOf = (app) => ["dm", ...app.world.myChannels().map((one) => one.id)];

function nameOf(app, channel) {
  const bot = app.world.bot ? app.world.nameOf(app.world.bot) : "App";
  if (channel) return `#${channel.name}`;
  return app.place === "home" ? `${bot}: Home` : bot;
}

function aboutOf(app, channel) {
  const teams = (channel.team_ids || []).map((id) => app.world.team(id)?.name || id);
  const facts = [
    channel.is_private ? "private" : null,
    channel.is_shared ? `shared by ${teams.join(" and ")}` : null,
    channel.is_archived ? "archived" : null,
  ];
  return facts.filter(Boolean).join(", ");
}

const headButton = (sign, press) =>
  button({ class: "head-button" }, press, icon(sign), el("span"));

function count(node, number, word) {
  node.querySelector("span").textContent = String(number ?? "");
  const words = `${number} ${word}${number === 1 ? "" : "s"}`;
  node.setAttribute("aria-label", words);
  node.title = words;
}

/** Where the window is narrow, the places lie behind this button. */
function foldButton(places) {
  const press = () => show(!places.classList.contains("is-open"));
  const fold = button({ class: "icon-button fold" }, press, icon("menu"));
  const show = (isOpen) => {
    places.classList.toggle("is-open", isOpen);
    fold.setAttribute("aria-expanded", String(isOpen));
  };
  show(false);
  fold.setAttribute("aria-controls", places.id);
  places.addEventListener("click", (event) => event.target.closest(".place") && show(false));
  return fold;
}

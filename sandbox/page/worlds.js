// The tab of worlds: those that come with the sandbox, and files to save the present one in and to load.

import { read, refused, send } from "./api.js";
import { button } from "./buttons.js";
import { confirmed } from "./confirm.js";
import { dayOf, timeOf } from "./dates.js";
import { el } from "./dom.js";
import { Latest, problemBox } from "./latest.js";
import { reconcile } from "./reconcile.js";

const MOST_BYTES = 20_000_000;

/** The tab. */
export function worldsPanel(app) {
  const listing = problemBox();
  const loading = problemBox();
  const { say } = loading;
  const ready = el("ul.worlds");
  // What is wrong in it is said before anybody is asked whether to lose what is here.
  const load = async (body, name, node) => {
    if (!(await loadWorld({ ...body, check: true }, name, node, say))) return;
    if (await isWanted(app, name)) await loadWorld(body, name, node, say);
  };
  const latest = new Latest(app, ["world"], async () => {
    const found = await read("worlds");
    reconcile(
      ready,
      found.ready.map((one) => readyItem(one, load)),
    );
  }, listing.say);
  const node = el(
    "div.panel-body",
    loading.node,
    listing.node,
    el("section", el("h3", "Ready ones"), ready),
    el(
      "section",
      el("h3", "This one"),
      el("p", "Its companies, people, channels and messages, and what the app keeps in it."),
      saveButton(app),
    ),
    fileSection(load, say),
  );
  return { node, shown: (isShown) => latest.show(isShown), update: () => {} };
}

function readyItem(one, load) {
  const draw = () => {
    const press = () => load({ name: one.name }, one.title, loader);
    const loader = button({ class: "button", "aria-label": `Load ${one.title}` }, press, "Load");
    return el("li.ready", el("div", el("strong", one.title), el("p", one.about)), loader);
  };
  return { id: one.name, key: JSON.stringify(one), draw };
}

function isWanted(app, name) {
  const text = {
    type: "plain_text",
    text: "What is here now is lost unless you saved it. Everybody who has this page open sees the other world.",
  };
  const question = {
    title: { type: "plain_text", text: `Load ${name}?` },
    text,
    confirm: { type: "plain_text", text: "Load it" },
    deny: { type: "plain_text", text: "Cancel" },
    style: "danger",
  };
  return confirmed(question, app.world);
}

/** Whether it went well. */
async function loadWorld(body, name, node, say) {
  node.setAttribute("aria-busy", "true");
  try {
    await send("load", { ...body, title: name });
    say(null);
    return true;
  } catch (error) {
    refused(error);
    // It stays on the screen: an error in a file is read while it is mended.
    say(`${name} was not loaded: ${error.message}`);
    return false;
  } finally {
    node.removeAttribute("aria-busy");
  }
}

function saveButton(app) {
  const save = async () => {
    saver.setAttribute("aria-busy", "true");
    try {
      const { ok: _, ...world } = await read("world_file");
      download(JSON.stringify(world, null, 2), fileName(app.world));
    } catch (error) {
      refused(error);
      app.screen.toast(error.message);
    } finally {
      saver.removeAttribute("aria-busy");
    }
  };
  const saver = button({ class: "button" }, save, "Save this world");
  return saver;
}

/** As in "acme-retail-globalcall-2026-11-17-0905.json". */
function fileName(world) {
  const now = world.nowMs();
  const teams = world.facts.teams.slice(0, 2).map((team) => team.name);
  const name = teams.join("-").toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return `${name}-${dayOf(now, world.zone)}-${timeOf(now, world.zone).replace(":", "")}.json`;
}

function download(text, name) {
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  el("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

function fileSection(load, say) {
  const input = el("input", { type: "file", accept: ".json,application/json", class: "spoken" });
  const take = async (file) => {
    if (!file) return;
    if (file.size > MOST_BYTES) {
      say(`${file.name} is larger than a world may be (20 MB).`);
      return;
    }
    await load({ text: await file.text() }, file.name, zone);
    input.value = "";
  };
  input.addEventListener("change", () => take(input.files[0]));
  const zone = el(
    "label.drop",
    input,
    el("span.button", "Load a file…"),
    el("span.drop-words", "or drop it here"),
  );
  const over = (isOver) => (event) => {
    event.preventDefault();
    zone.classList.toggle("is-over", isOver);
  };
  zone.addEventListener("dragover", over(true));
  zone.addEventListener("dragleave", over(false));
  zone.addEventListener("drop", (event) => {
    over(false)(event);
    take(event.dataTransfer.files[0]);
  });
  return el("section", el("h3", "A file"), zone);
}

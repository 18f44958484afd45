// Links: those to messages of this world open here, those that lead outside ask first.

import { confirmed } from "./confirm.js";
import { el } from "./dom.js";

const MESSAGE = /^\/archives\/(\w+)(?:\/p(\d+)(\d{6}))?\/?$/;

/** A link if `url` leads somewhere harmless, else its text. */
export function link(url, label, world) {
  const hash = hashOf(url, world);
  const words = label || url;
  if (hash) return el("a", { href: hash }, words);
  if (hash === null || !/^(https?|mailto|tel):/i.test(url) || !URL.canParse(url))
    return el("span.dead-link", label ? `${label} (${url})` : url);
  const props = {
    href: url,
    target: "_blank",
    rel: "noopener noreferrer",
    title: `Leads out of the sandbox: ${url}`,
  };
  const press = (event) => {
    event.preventDefault();
    openSafely(url, world);
  };
  return el("a", /^http/i.test(url) ? { ...props, on: { click: press } } : props, words);
}

/** Goes where a link or a button leads; asks first where that is outside. What would run something does not open. */
export async function openSafely(url, world) {
  const hash = hashOf(url, world);
  if (hash) location.hash = hash;
  if (hash !== undefined || !/^https?:\/\//i.test(url)) return;
  const plain = (words) => ({ type: "plain_text", text: words, emoji: false });
  const question = {
    title: plain("Leave the sandbox?"),
    text: plain(`A new tab would open ${url}`),
    confirm: plain("Open it"),
    deny: plain("Stay here"),
  };
  if (await confirmed(question, world)) window.open(url, "_blank", "noopener,noreferrer");
}

/**
 * What stands for `url` in this page's own address: for a message or channel of the world's workspaces.
 * Null for all else there, since nobody answers at their addresses; undefined for what is elsewhere.
 */
function hashOf(url, world) {
  const at = URL.canParse(url) ? new URL(url) : null;
  const isOurs = ({ url: own }) => URL.canParse(own) && new URL(own).host === at?.host;
  if (!world.facts?.teams.some(isOurs)) return undefined;
  const [, channel, seconds, micros] = MESSAGE.exec(at.pathname) || [];
  if (!channel) return null;
  const thread = at.searchParams.get("thread_ts");
  const facts = { as: world.viewer?.id, at: channel, thread, ts: seconds && `${seconds}.${micros}` };
  const known = Object.entries(facts).filter(([, value]) => value);
  return `#${new URLSearchParams(known)}`;
}

// Changes a message where it stands.

import { el } from "./dom.js";
import { asSent, asTyped } from "./typing.js";

/** The box in which the author changes `message`; Enter saves, Escape leaves it as it was. */
export function editor(app, message) {
  const key = `${app.viewerId}/edit/${message.ts}`;
  const box = el("textarea", { class: "input editor-box", rows: 1, "aria-label": "Edit message" });
  box.value = app.drafts.words(key) || asTyped(message.text || "", app.world);
  const leave = () => {
    app.drafts.keepWords(key, "");
    app.edit(null);
  };
  const save = async (event) => {
    const typed = box.value.trim();
    if (!typed) return;
    const body = { channel: app.channel, ts: message.ts, user: app.viewerId };
    const button = event.currentTarget === box ? null : event.currentTarget;
    if (await app.act("edit", { ...body, text: asSent(typed, app.world) }, button)) leave();
  };
  const fit = () => {
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight + 2, 300)}px`;
  };
  box.addEventListener("input", () => {
    app.drafts.keepWords(key, box.value);
    fit();
  });
  box.addEventListener("keydown", (event) => {
    const isSave = event.key === "Enter" && !event.shiftKey && !event.isComposing;
    if (event.key !== "Escape" && !isSave) return;
    event.preventDefault();
    event.stopPropagation();
    if (isSave) save(event);
    else leave();
  });
  requestAnimationFrame(() => {
    fit();
    if (!box.closest("li")?.contains(document.activeElement)) box.focus();
    box.setSelectionRange(box.value.length, box.value.length);
  });
  const button = (words, style, press) =>
    el("button", { type: "button", class: `button ${style}`, on: { click: press } }, words);
  return el(
    "div.editor",
    box,
    el("div.editor-buttons", button("Cancel", "", leave), button("Save", "primary", save)),
  );
}

// The question that some elements ask first.

import { el, freshId } from "./dom.js";
import { text, withEmoji } from "./texts.js";

/** Whether the person agrees; at once when there is nothing to ask. */
export function confirmed(question, world) {
  if (!question) return Promise.resolve(true);
  return new Promise((resolve) => ask(question, world, resolve));
}

function ask(question, world, resolve) {
  const style = question.style === "danger" ? "danger" : "primary";
  const about = el(
    "div",
    { class: "modal-body", id: freshId("confirm") },
    text(question.text, world),
  );
  const dialog = el("dialog", {
    class: "modal confirm",
    role: "alertdialog",
    "aria-label": withEmoji(question.title),
    "aria-describedby": about.id,
  });
  const button = (classes, words, answer, settings) =>
    el(
      "button",
      { type: "button", class: classes, on: { click: () => dialog.close(answer) }, ...settings },
      withEmoji(words),
    );
  dialog.append(
    el("h2", { dir: "auto" }, withEmoji(question.title)),
    about,
    el(
      "footer",
      button("button", question.deny, "no"),
      button(`button ${style}`, question.confirm, "yes", { autofocus: true }),
    ),
  );
  // Escape closes it with no answer.
  dialog.addEventListener("close", () => {
    dialog.remove();
    resolve(dialog.returnValue === "yes");
  });
  document.body.append(dialog);
  dialog.showModal();
}

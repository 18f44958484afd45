// The question that some buttons ask first.

import { el } from "./dom.js";
import { text, withEmoji } from "./texts.js";

/** Whether the person agrees; at once when there is nothing to ask. */
export function confirmed(question, world) {
  if (!question) return Promise.resolve(true);
  return new Promise((resolve) => ask(question, world, resolve));
}

function ask(question, world, resolve) {
  const style = question.style === "danger" ? "danger" : "primary";
  const dialog = el("dialog", { class: "modal confirm", "aria-label": question.title.text });
  const close = (answer) => () => {
    dialog.remove();
    resolve(answer);
  };
  dialog.append(
    el("h2", {}, withEmoji(question.title)),
    el("div", { class: "modal-body" }, text(question.text, world)),
    el(
      "footer",
      {},
      el(
        "button",
        { type: "button", class: "button", on: { click: close(false) } },
        withEmoji(question.deny),
      ),
      el(
        "button",
        { type: "button", class: `button ${style}`, on: { click: close(true) } },
        withEmoji(question.confirm),
      ),
    ),
  );
  dialog.addEventListener("cancel", close(false));
  document.body.append(dialog);
  dialog.showModal();
}

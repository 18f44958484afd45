// What is pinned in a place: a list beside its button, from which one goes to the message.

import { choose } from "./choose.js";
import { fullMoment } from "./dates.js";
import { el } from "./dom.js";
import { author } from "./faces.js";
import { plainText } from "./typing.js";

const QUOTE = 160; // characters of each message

export function openPins(app, opener) {
  const items = [...app.board.pinned].reverse().map((message) => ({
    words: [
      el(
        "span.pin-head",
        el("strong", author(message, app.world).name),
        ` ${fullMoment(message.ts * 1000, app.world.zone)}`,
      ),
      el("span.pin-words", quote(plainText(message.text || "", app.world))),
    ],
    press: () => app.lookAt(message),
  }));
  choose(opener, { label: "Pinned messages", items, width: 360 });
}

const quote = (words) => (words.length > QUOTE ? `${words.slice(0, QUOTE)}...` : words);

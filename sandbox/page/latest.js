// Keeps something that the server tells up to date while it is looked at, and says why when it cannot.

import { refused } from "./api.js";
import { el } from "./dom.js";

/**
 * Calls `readIt()` at once when news of one of `kinds` come while it is shown; news that come while
 * it reads are answered by one more reading. What it missed while hidden is read when it is shown.
 * `say(sentence)` is told why the last reading was refused, and null when it was not.
 */
export class Latest {
  #isShown = false;
  #isStale = true;
  #isReading = false;

  constructor(app, kinds, readIt, say = () => {}) {
    this.readIt = readIt;
    this.say = say;
    for (const kind of kinds) app.listen(kind, (event) => this.news(event));
  }

  show(isShown) {
    this.#isShown = isShown;
    this.#go();
  }

  news() {
    this.#isStale = true;
    this.#go();
  }

  async #go() {
    if (this.#isReading || !this.#isShown) return;
    this.#isReading = true;
    try {
      while (this.#isStale && this.#isShown) {
        this.#isStale = false;
        await this.readIt();
        this.say(null);
      }
    } catch (error) {
      refused(error);
      this.say(error.message);
    } finally {
      this.#isReading = false;
    }
  }
}

/** A place for a sentence about what went wrong; it stays until the next one, or null, is said. */
export function problemBox() {
  const node = el("div", { class: "panel-problem", role: "alert", hidden: true });
  const say = (sentence) => {
    node.textContent = sentence || "";
    node.hidden = !sentence;
  };
  return { node, say };
}

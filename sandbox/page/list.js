// A long list of which only what is near the window is drawn, and in which nothing jumps.

import { el } from "./dom.js";
import { reconcile } from "./reconcile.js";

const AHEAD_PX = 700; // drawn beyond each edge of the window
const NEAR_END_PX = 40;
const FOOT_PX = 8; // below the last row, as the style sheet has it
const GUESS_PX = 48; // a row that was never drawn, if its item has no better guess
const STILL_MS = 140; // so long after the last movement nobody is scrolling
const MOST_TURNS = 5; // until heights that become known change nothing any more

/**
 * Rows of unlike heights. An item is `{id, key(), draw(), guess?}`: `key()` tells whether it has to
 * be drawn anew, `guess` is its height in pixels until it is known.
 *
 * What the person looks at stays where it is: the first whole row in the window, or the end. While
 * the person scrolls, what turns out higher or lower above it is made up for by the room before the
 * first row, since setting the scroll position would stop the movement.
 */
export class WindowedList {
  #items = [];
  #at = new Map(); // id -> index
  #heights = new Map(); // id -> pixels, once known
  #tops = new Float64Array(1); // where each row begins; the last one is the whole height
  #from = 0;
  #to = 0;
  #isStale = true; // the items are other ones than those that are drawn
  #anchor = null; // {id, index, offset}: a row and how far below the window's top; null: the end
  #shift = 0; // how much everything lies lower than it should, until the movement ends
  #set = 0; // the scroll position that was last set here
  #movedAt = -Infinity;
  #still = 0;
  #watched = new WeakSet();

  /**
   * `onMove()` is called when something else came into the window. Few rows of a list that `isLow`
   * lie at its foot.
   */
  constructor(settings, { onMove = () => {}, isLow = false } = {}) {
    this.onMove = onMove;
    this.isLow = isLow;
    this.rows = el("ol.rows");
    this.node = el("div", { tabindex: "0", role: "region", ...settings }, this.rows);
    this.node.addEventListener("scroll", () => this.#scrolled());
    this.node.addEventListener("keydown", (event) => this.#key(event));
    new ResizeObserver(() => this.#draw()).observe(this.node);
    this.grown = new ResizeObserver((entries) => this.#resized(entries));
  }

  get isAtEnd() {
    return this.#anchor === null;
  }

  /**
   * The id of the last row of which the whole is in the window or above it, or that fills half the
   * window; null if there is none.
   */
  get lastSeen() {
    const top = this.#top;
    const high = this.node.clientHeight;
    const bottom = top + high + 1;
    let index = this.#indexAt(bottom);
    const isTall = bottom - Math.max(top, this.#tops[index]) > high / 2;
    if (index >= this.#items.length || (this.#tops[index + 1] > bottom && !isTall)) index -= 1;
    return this.#items[index]?.id ?? null;
  }

  /** Shows other items of the same place; what is looked at stays. */
  show(items) {
    // Of a scroll a moment ago no event has told yet.
    if (this.node.clientHeight) this.#scrolled();
    if (items === this.#items) this.#isStale = true;
    else this.#take(items);
    this.#draw();
  }

  /** Shows another place: at its end, or with the row `id` near the top. */
  open(items, id = null) {
    this.rows.replaceChildren();
    this.grown.disconnect();
    this.#heights.clear();
    this.#shift = 0;
    this.#anchor = null;
    this.#take(items);
    if (this.#at.has(id)) this.#anchorTo(id, 0.25);
    this.#draw();
  }

  toEnd() {
    this.#anchor = null;
    this.#rest();
  }

  toStart() {
    if (this.#items.length) this.#anchor = { id: this.#items[0].id, index: 0, offset: 0 };
    this.#rest();
  }

  /** Brings a row into the window and answers its node; null if there is no such row. */
  reveal(id) {
    const index = this.#at.get(id);
    if (index === undefined) return null;
    const top = this.#top;
    const isSeen =
      this.#tops[index] >= top && this.#tops[index + 1] <= top + this.node.clientHeight;
    if (!isSeen) this.#anchorTo(id, 0.3);
    this.#rest();
    return this.nodeOf(id);
  }

  nodeOf(id) {
    return [...this.rows.children].find((node) => node.dataset.id === id) || null;
  }

  #anchorTo(id, share) {
    const offset = Math.round(this.node.clientHeight * share);
    this.#anchor = { id, index: this.#at.get(id), offset };
  }

  #take(items) {
    this.#items = items;
    this.#isStale = true;
    this.#at = new Map(items.map((item, index) => [item.id, index]));
    this.#reckon();
  }

  #reckon() {
    const tops = new Float64Array(this.#items.length + 1);
    this.#items.forEach((item, index) => {
      tops[index + 1] = tops[index] + (this.#heights.get(item.id) ?? item.guess ?? GUESS_PX);
    });
    this.#tops = tops;
  }

  get #whole() {
    return this.#tops[this.#items.length];
  }

  /** Where the window's top should be, counted from the first row. */
  get #top() {
    const most = Math.max(0, this.#whole - this.node.clientHeight);
    if (!this.#anchor) return most;
    const known = this.#at.get(this.#anchor.id);
    const index = known ?? Math.min(this.#anchor.index, this.#items.length - 1);
    return Math.min(most, Math.max(0, this.#tops[Math.max(index, 0)] - this.#anchor.offset));
  }

  /** The row that lies at so many pixels. */
  #indexAt(px) {
    let [low, high] = [0, this.#items.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#tops[middle + 1] <= px) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #draw() {
    for (let turn = 0; turn < MOST_TURNS; turn += 1) {
      const top = this.#top;
      const from = this.#indexAt(Math.max(0, top - AHEAD_PX));
      const to = Math.min(
        this.#items.length,
        this.#indexAt(top + this.node.clientHeight + AHEAD_PX) + 1,
      );
      const isSame = !this.#isStale && from === this.#from && to === this.#to;
      if (isSame && turn) break;
      if (!isSame) this.#fill(from, to);
      if (!this.#measure()) break;
    }
    this.#place();
    this.onMove();
  }

  #fill(from, to) {
    [this.#from, this.#to] = [from, to];
    this.#isStale = false;
    const held = this.rows.contains(document.activeElement);
    const drawn = this.#items
      .slice(from, to)
      .map(({ id, key, draw }) => ({ id, key: key(), draw }));
    reconcile(this.rows, drawn);
    // The row that had the focus is out of the window: its keys go to the list.
    if (held && !this.rows.contains(document.activeElement))
      this.node.focus({ preventScroll: true });
    [...this.rows.children].forEach((node, index) => {
      this.#watch(node);
      setAttribute(node, "aria-posinset", from + index + 1);
      setAttribute(node, "aria-setsize", this.#items.length);
    });
  }

  #watch(node) {
    if (this.#watched.has(node)) return;
    this.#watched.add(node);
    this.grown.observe(node);
  }

  /** Whether a height turned out other than was thought. */
  #measure() {
    if (!this.node.clientHeight) return false; // not shown at all
    let isNew = false;
    for (const node of this.rows.children) {
      const height = node.getBoundingClientRect().height;
      if (Math.abs((this.#heights.get(node.dataset.id) ?? -1) - height) < 0.5) continue;
      this.#heights.set(node.dataset.id, height);
      isNew = true;
    }
    if (isNew) this.#reckon();
    return isNew;
  }

  #place() {
    const { node, rows } = this;
    const top = this.#top;
    // What lies at the end anyway stays there.
    if (top >= this.#whole - node.clientHeight - 1) this.#anchor = null;
    const isMoving = performance.now() - this.#movedAt < STILL_MS;
    this.#shift = isMoving && this.#anchor ? node.scrollTop - top : 0;
    if (this.#tops[this.#from] + this.#shift < 0) this.#shift = 0;
    const room = this.isLow ? Math.max(0, node.clientHeight - this.#whole - FOOT_PX) : 0;
    rows.style.paddingTop = `${this.#tops[this.#from] + this.#shift + room}px`;
    rows.style.paddingBottom = `${Math.max(0, this.#whole - this.#tops[this.#to])}px`;
    if (this.#shift) return;
    node.scrollTop = this.#anchor ? top : node.scrollHeight;
    this.#set = node.scrollTop;
  }

  /** Puts everything where it belongs, whoever is scrolling. */
  #rest() {
    this.#movedAt = -Infinity;
    this.#draw();
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.node;
    if (Math.abs(scrollTop - this.#set) < 1) return; // set here, not by the person
    this.#set = scrollTop;
    this.#movedAt = performance.now();
    const top = scrollTop - this.#shift;
    this.#anchor =
      scrollHeight - scrollTop - clientHeight < NEAR_END_PX ? null : this.#wholeRowAt(top);
    this.#draw();
    clearTimeout(this.#still);
    this.#still = setTimeout(() => this.#rest(), STILL_MS);
  }

  #wholeRowAt(top) {
    let index = this.#indexAt(top);
    const next = this.#tops[index + 1];
    if (this.#tops[index] < top && next - top < this.node.clientHeight) index += 1;
    index = Math.min(index, this.#items.length - 1);
    if (index < 0) return null;
    return { id: this.#items[index].id, index, offset: this.#tops[index] - top };
  }

  #resized(entries) {
    const isNews = ({ target }) =>
      target.isConnected &&
      Math.abs(target.getBoundingClientRect().height - this.#heights.get(target.dataset.id)) >= 0.5;
    if (entries.some(isNews)) this.#draw();
  }

  #key(event) {
    const row = event.target.closest?.("li[data-id]");
    const isRowOrList = event.target === this.node || event.target === row;
    if (!isRowOrList || event.ctrlKey || event.metaKey || event.altKey) return;
    const moves = {
      Home: () => this.toStart(),
      End: () => this.toEnd(),
      ArrowUp: () => this.#focusFrom(row, -1),
      ArrowDown: () => this.#focusFrom(row, 1),
    };
    if (!moves[event.key]) return;
    event.preventDefault();
    moves[event.key]();
  }

  /** The focus goes to the next row that takes it; into the list by its last row in the window. */
  #focusFrom(row, step) {
    const start = row ? this.#at.get(row.dataset.id) + step : this.#at.get(this.lastSeen);
    for (let index = start; index >= 0 && index < this.#items.length; index += step) {
      if (this.#items[index].isStill) continue;
      this.#focusAt(index);
      return;
    }
  }

  #focusAt(index) {
    const { id } = this.#items[index];
    const top = this.#top;
    const bottom = top + this.node.clientHeight;
    if (this.#tops[index] < top) this.#anchor = { id, index, offset: 0 };
    if (this.#tops[index + 1] > bottom) {
      const height = this.#tops[index + 1] - this.#tops[index];
      this.#anchor = { id, index, offset: Math.max(0, this.node.clientHeight - height) };
    }
    this.#rest();
    this.nodeOf(id)?.focus({ preventScroll: true });
  }
}

function setAttribute(node, name, value) {
  if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value);
}

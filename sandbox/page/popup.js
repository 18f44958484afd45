// A panel that opens beside a control, above everything, and never leaves the window.

const GAP = 4;
const EDGE = 8;

/**
 * Makes `panel` open beside `anchor`: `open()`, `close()`, `isOpen`. It follows what lies under it,
 * and closes when that is out of sight. `width` and `height` are the most it takes, in pixels; an
 * anchor that is wider widens it. `onChange(isOpen)` is told.
 */
export function popup(anchor, panel, { width = 260, height = 320, onChange = () => {} } = {}) {
  panel.setAttribute("popover", "manual");
  panel.classList.add("popup");
  const isOpen = () => panel.matches(":popover-open");
  const put = () => place(anchor.getBoundingClientRect(), panel, width, height);
  const moved = (event) => {
    if (event.target instanceof Node && panel.contains(event.target)) return;
    if (isInSight(anchor)) put();
    else close();
  };
  const listenFor = (verb) => {
    document[`${verb}EventListener`]("scroll", moved, true);
    window[`${verb}EventListener`]("resize", moved);
  };
  const open = () => {
    if (isOpen() || !anchor.isConnected) return;
    anchor.scrollIntoView({ block: "nearest" });
    put();
    panel.showPopover();
    listenFor("add");
    onChange(true);
  };
  const close = () => {
    listenFor("remove");
    if (!isOpen()) return;
    panel.hidePopover();
    onChange(false);
  };
  return {
    open,
    close,
    get isOpen() {
      return isOpen();
    },
  };
}

function isInSight(anchor) {
  const { top, bottom } = anchor.getBoundingClientRect();
  return anchor.isConnected && bottom > 0 && top < innerHeight;
}

/** On the side of `box` with room enough, else on the side with more. */
function place(box, panel, width, height) {
  const wide = Math.min(Math.max(box.width, width), innerWidth - 2 * EDGE);
  const left = Math.max(EDGE, Math.min(box.left, innerWidth - wide - EDGE));
  const below = innerHeight - box.bottom - GAP - EDGE;
  const above = box.top - GAP - EDGE;
  const isBelow = below >= height || below >= above;
  Object.assign(panel.style, {
    left: `${left}px`,
    width: `${wide}px`,
    maxHeight: `${Math.min(height, isBelow ? below : above)}px`,
    top: isBelow ? `${box.bottom + GAP}px` : "auto",
    bottom: isBelow ? "auto" : `${innerHeight - box.top + GAP}px`,
  });
}

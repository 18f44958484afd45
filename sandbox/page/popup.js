// A panel that opens beside a control, above everything, and never leaves the window.

const GAP = 4;
const EDGE = 8;

/**
 * Makes `panel` open beside `anchor`: `open()`, `close()`, `isOpen`. It closes by itself when what
 * lies under it moves. `width` and `height` are the most it takes, in pixels; an anchor that is
 * wider widens it. `onChange(isOpen)` is told.
 */
export function popup(anchor, panel, { width = 260, height = 320, onChange = () => {} } = {}) {
  panel.setAttribute("popover", "manual");
  panel.classList.add("popup");
  const moved = (event) => {
    if (!(event.target instanceof Node && panel.contains(event.target))) close();
  };
  const listenFor = (verb) => {
    document[`${verb}EventListener`]("scroll", moved, true);
    window[`${verb}EventListener`]("resize", moved);
  };
  const isOpen = () => panel.matches(":popover-open");
  const open = () => {
    if (isOpen() || !anchor.isConnected) return;
    // Opening may scroll the control into view, which is no reason to close.
    anchor.scrollIntoView({ block: "nearest" });
    place(anchor.getBoundingClientRect(), panel, width, height);
    panel.showPopover();
    requestAnimationFrame(() => isOpen() && listenFor("add"));
    onChange(true);
  };
  const close = () => {
    if (!isOpen()) return;
    listenFor("remove");
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

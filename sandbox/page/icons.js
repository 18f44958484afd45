// Small line drawings, so that no font has to have the sign; screen readers skip them.

const SVG = "http://www.w3.org/2000/svg";
const PATHS = {
  hash: "M6 2 4.5 14M11.5 2 10 14M2.5 5.5h11.5M2 10.5h11.5",
  lock: "M4 7.5h8v6H4zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5",
  shared: "M2.5 5.5h7v8h-7zM6.5 5.5v-3h7v8h-4",
  message: "M2.5 3h11v8h-6l-3 2.5V11h-2z",
  home: "M2.5 7.5 8 3l5.5 4.5M4 7v6.5h8V7",
  back: "M10 3 5 8l5 5",
  check: "m3 8.5 3.2 3.2L13 5",
  down: "m4 6 4 4 4-4",
  close: "m3.5 3.5 9 9m0-9-9 9",
  reply: "M6.5 4 3 7.5 6.5 11M3 7.5h6.5a3.5 3.5 0 0 1 3.5 3.5v2",
  eye: "M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM8 6.2a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6",
  pin: "M6 2.5h4l-.5 4.5 2.5 2.5H4L6.5 7zM8 9.5v4.5",
  picture: "M2.5 3h11v10h-11zM2.5 11l3.5-4 3 3.5 1.5-1.5 3 2.5M10.5 6h.5",
  file: "M4 2h5l3.5 3.5V14H4zM9 2v3.5h3.5",
  smile: "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2M5.5 9.3a2.8 2.8 0 0 0 5 0M6 6.2h.1M10 6.2h.1",
  people:
    "M6 7.5a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6M1.8 13a4.2 4.2 0 0 1 8.4 0M10.5 3a2.3 2.3 0 0 1 0 4.4M11.5 9.2a4.2 4.2 0 0 1 2.8 3.8",
  menu: "M2.5 4h11M2.5 8h11M2.5 12h11",
  more: "M3.5 8h.2M7.9 8h.2M12.3 8h.2",
  running: "M5 3.5v9l7-4.5z",
  paused: "M5.5 3.5v9M10.5 3.5v9",
  stop: "M4.5 4.5h7v7h-7z",
  tools: "M2.5 3h11v10h-11zM10 3v10",
  up: "m4 10 4-4 4 4",
  code: "M5.5 4.5 2 8l3.5 3.5M10.5 4.5 14 8l-3.5 3.5",
  bolt: "M9 1.5 3.5 9H8l-1 5.5L12.5 7H8z",
};

/** The drawing of that name, as tall as the words beside it. */
export function icon(name) {
  const node = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  const settings = {
    viewBox: "0 0 16 16",
    class: "icon",
    "aria-hidden": "true",
    focusable: "false",
  };
  for (const [key, value] of Object.entries(settings)) node.setAttribute(key, value);
  path.setAttribute("d", PATHS[name]);
  node.append(path);
  return node;
}

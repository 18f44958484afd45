// Draws Slack's chart block: pie, bars, lines and areas as SVG, with a legend and the same figures as a table.

import { arcs, ticksFor } from "./figures.js";
import { el } from "./dom.js";
import { plainTable } from "./table.js";

const SVG = "http://www.w3.org/2000/svg";
const TALL = 240;
const ROOM = { top: 26, right: 12, bottom: 26 };
const LETTER = 6.6; // about so many pixels wide is a letter of an axis
const COLOURS = 6;

/** The node of a data_visualization block. */
export function chart(block) {
  const { chart: figures, title } = block;
  const isPie = figures.type === "pie";
  const names = isPie
    ? figures.segments.map((one) => one.label)
    : figures.series.map((one) => one.name);
  const place = el("div.chart-place");
  const draw = isPie ? () => pie(figures) : (width) => axes(figures, width);
  const show = (width) =>
    place.replaceChildren(named(draw(width), `${KINDS[figures.type]}: ${title}`));
  show(560);
  new ResizeObserver(([entry]) => entry.contentRect.width && show(entry.contentRect.width)).observe(
    place,
  );
  return el(
    "figure",
    { class: isPie ? "is-pie" : null },
    el("figcaption", { dir: "auto" }, title),
    place,
    legend(names, isPie ? figures.segments : null),
    el("details.chart-data", el("summary", "As a table"), asTable(figures, title)),
  );
}

const KINDS = { pie: "Pie chart", bar: "Bar chart", line: "Line chart", area: "Area chart" };

const figure = (value) => new Intl.NumberFormat("en", { maximumFractionDigits: 2 }).format(value);

function asTable(figures, title) {
  if (figures.type === "pie")
    return plainTable(
      title,
      ["", "Value"],
      figures.segments.map((one) => [one.label, figure(one.value)]),
    );
  const { categories, x_label: label } = figures.axis_config;
  const rows = categories.map((category) => [
    category,
    ...figures.series.map((one) => {
      const value = valueAt(one, category);
      return value === undefined ? "" : figure(value);
    }),
  ]);
  return plainTable(title, [label || "", ...figures.series.map((one) => one.name)], rows);
}

const valueAt = (series, category) => series.data.find((one) => one.label === category)?.value;

function legend(names, segments) {
  const total = segments?.reduce((sum, one) => sum + one.value, 0);
  const share = (index) =>
    segments
      ? ` ${figure(segments[index].value)} (${Math.round((100 * segments[index].value) / (total || 1))} %)`
      : "";
  return el(
    "ul.legend",
    names.map((name, index) =>
      el(
        "li",
        { dir: "auto" },
        el("span", { class: `legend-mark ${hue(index)}`, "aria-hidden": "true" }),
        name,
        el("span.legend-share", share(index)),
      ),
    ),
  );
}

const hue = (index) => `hue-${index % COLOURS}${index >= COLOURS ? " is-pale" : ""}`;

function svg(tag, props = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(props)) node.setAttribute(name, String(value));
  node.append(...children.flat(Infinity));
  return node;
}

function named(node, name) {
  node.setAttribute("role", "img");
  node.setAttribute("aria-label", name);
  return node;
}

const pointed = (words) => svg("title", {}, words);

function pie({ segments }) {
  const slices = arcs(segments.map((one) => one.value)).map((path, index) => {
    const { label, value } = segments[index];
    return svg(
      "path",
      { d: path, class: `slice ${hue(index)}` },
      pointed(`${label}: ${figure(value)}`),
    );
  });
  return svg("svg", { viewBox: "-102 -102 204 204", width: 200, height: 200 }, slices);
}

/** Bars, lines or areas over their axes, `width` pixels wide. */
function axes(figures, width) {
  const values = figures.series.flatMap((one) => one.data.map((point) => point.value));
  const ticks = ticksFor(Math.min(0, ...values), Math.max(0, ...values));
  const left = 12 + LETTER * Math.max(...ticks.map((tick) => figure(tick).length));
  const tall = TALL + (figures.axis_config.x_label ? 20 : 0);
  const base = tall - ROOM.bottom - (figures.axis_config.x_label ? 20 : 0);
  const span = ticks.at(-1) - ticks[0];
  const step = (width - left - ROOM.right) / figures.axis_config.categories.length;
  const place = {
    x: (index) => left + step * (index + 0.5),
    y: (value) => base - ((value - ticks[0]) / span) * (base - ROOM.top),
    ...{ left, step, base, width, tall },
  };
  const marks = figures.type === "bar" ? bars(figures, place) : lines(figures, place);
  const parts = [grid(ticks, place), categories(figures.axis_config, place), marks];
  return svg("svg", { viewBox: `0 0 ${width} ${tall}`, width, height: tall }, parts);
}

function grid(ticks, { y, left, width }) {
  return ticks.map((tick) =>
    svg(
      "g",
      {},
      svg("line", {
        x1: left,
        x2: width - ROOM.right,
        y1: y(tick),
        y2: y(tick),
        class: tick ? "grid" : "grid zero",
      }),
      svg("text", { x: left - 6, y: y(tick) + 4, "text-anchor": "end" }, figure(tick)),
    ),
  );
}

/** The names under the axis; where they are too many, each second one, third one ... */
function categories({ categories: names, x_label: across, y_label: up }, place) {
  const longest = Math.max(...names.map((name) => name.length));
  const every = Math.max(1, Math.ceil((Math.min(longest, 12) * LETTER + 8) / place.step));
  const fits = Math.max(2, Math.floor((place.step * every - 6) / LETTER));
  const shown = names.flatMap((name, index) =>
    index % every ? [] : [[short(name, fits), index, name]],
  );
  const titles = [
    up ? svg("text", { x: 0, y: 12, class: "axis-title" }, up) : [],
    across
      ? svg(
          "text",
          {
            x: (place.left + place.width) / 2,
            y: place.tall - 6,
            class: "axis-title",
            "text-anchor": "middle",
          },
          across,
        )
      : [],
  ];
  const labels = shown.map(([words, index, name]) =>
    svg(
      "text",
      { x: place.x(index), y: place.base + 18, "text-anchor": "middle" },
      words,
      pointed(name),
    ),
  );
  return [...labels, ...titles.flat()];
}

const short = (name, most) =>
  name.length > most ? `${name.slice(0, Math.max(1, most - 1))}…` : name;

function bars({ series, axis_config: { categories: names } }, place) {
  const wide = Math.min(40, (place.step * 0.8) / series.length);
  return series.flatMap((one, at) =>
    names.flatMap((name, index) => {
      const value = valueAt(one, name);
      if (value === undefined) return [];
      const x = place.x(index) + (at - series.length / 2) * wide;
      const [top, bottom] = [place.y(Math.max(0, value)), place.y(Math.min(0, value))];
      const box = {
        x: x + 0.5,
        y: top,
        width: Math.max(1, wide - 1),
        height: Math.max(0.5, bottom - top),
      };
      const words = `${one.name}, ${name}: ${figure(value)}`;
      return svg("rect", { ...box, rx: 2, class: `bar ${hue(at)}` }, pointed(words));
    }),
  );
}

function lines({ type, series, axis_config: { categories: names } }, place) {
  return series.map((one, at) => {
    const points = names.flatMap((name, index) => {
      const value = valueAt(one, name);
      return value === undefined ? [] : [{ x: place.x(index), y: place.y(value), name, value }];
    });
    const path = points.map(({ x, y }, index) => `${index ? "L" : "M"}${x} ${y}`).join("");
    const ends = `L${points.at(-1)?.x} ${place.y(0)}L${points[0]?.x} ${place.y(0)}Z`;
    const filled =
      type === "area" && points.length ? [svg("path", { d: path + ends, class: "area" })] : [];
    const dots = points.map(({ x, y, name, value }) =>
      svg(
        "circle",
        { cx: x, cy: y, r: 3.5, class: "dot" },
        pointed(`${one.name}, ${name}: ${figure(value)}`),
      ),
    );
    return svg("g", { class: hue(at) }, filled, svg("path", { d: path, class: "line" }), dots);
  });
}

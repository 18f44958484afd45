// The reckoning behind charts: round steps of an axis, slices of a pie.

const STEPS = 5;

/** Round figures from at or below `least` to at or above `most`, about five of them. */
export function ticksFor(least, most) {
  const span = most - least || 1;
  const rough = span / STEPS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size >= rough);
  const first = Math.floor(least / step);
  const last = Math.max(Math.ceil(most / step), first + 1);
  return Array.from({ length: last - first + 1 }, (_, index) => round((first + index) * step));
}

// Sums of tenths are not exact.
const round = (value) => Number(value.toPrecision(12));

/** The paths of a pie of radius 100 around 0, 0, clockwise from the top; one for each value. */
export function arcs(values) {
  const total = values.reduce((sum, value) => sum + value, 0);
  let from = 0;
  return values.map((value) => {
    const to = from + (total ? value / total : 0);
    const path = slice(from, to);
    from = to;
    return path;
  });
}

function slice(from, to) {
  if (to - from >= 0.9999) return "M0 -100A100 100 0 1 1 0 100A100 100 0 1 1 0 -100Z";
  const at = (share) => {
    const angle = 2 * Math.PI * share;
    return `${round(100 * Math.sin(angle))} ${round(-100 * Math.cos(angle))}`;
  };
  return `M0 0L${at(from)}A100 100 0 ${to - from > 0.5 ? 1 : 0} 1 ${at(to)}Z`;
}

// Moments in a zone: Slack's date tokens, times of messages, wall time to epoch and back.

const formats = new Map();

function format(zone, options) {
  const key = zone + JSON.stringify(options);
  if (!formats.has(key)) {
    const settings = { timeZone: zone, hourCycle: "h23", ...options };
    formats.set(key, new Intl.DateTimeFormat("en-GB", settings));
  }
  return formats.get(key);
}

function parts(ms, zone) {
  const options = {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  };
  const found = format(zone, options).formatToParts(ms);
  return Object.fromEntries(found.map(({ type, value }) => [type, value]));
}

const zones = new Map();

/** The zone if the browser knows it, else UTC. */
export function knownZone(zone) {
  if (!zones.has(zone)) zones.set(zone, isKnown(zone) ? zone : "UTC");
  return zones.get(zone);
}

function isKnown(zone) {
  try {
    return Boolean(zone && new Intl.DateTimeFormat("en-GB", { timeZone: zone }));
  } catch {
    return false;
  }
}

/** YYYY-MM-DD of a moment in a zone. */
export function dayOf(ms, zone) {
  const { year, month, day } = parts(ms, zone);
  return `${year}-${month}-${day}`;
}

/** HH:MM of a moment in a zone. */
export const timeOf = (ms, zone) => format(zone, { hour: "2-digit", minute: "2-digit" }).format(ms);

/** The offset and city of a zone, as in "Manila, GMT+8". */
export function zoneName(ms, zone) {
  const found = format(zone, { timeZoneName: "shortOffset" }).formatToParts(ms);
  const offset = found.find((part) => part.type === "timeZoneName").value;
  return `${zone.split("/").pop().replaceAll("_", " ")}, ${offset}`;
}

/** As in "Sat 21 Nov 2026, 21:00". */
export function fullMoment(ms, zone) {
  const day = format(zone, { weekday: "short", day: "numeric", month: "short", year: "numeric" });
  return `${day.format(ms).replace(",", "")}, ${timeOf(ms, zone)}`;
}

/** The heading over one day's messages. */
export function dayHeading(ms, zone, nowMs) {
  const options = { weekday: "long", day: "numeric", month: "long" };
  const near = nearDay(ms, zone, nowMs);
  return near ? near[0].toUpperCase() + near.slice(1) : format(zone, options).format(ms);
}

function nearDay(ms, zone, nowMs) {
  const days = { [-1]: "yesterday", 0: "today", 1: "tomorrow" };
  return days[daysBetween(dayOf(nowMs, zone), dayOf(ms, zone))];
}

const daysBetween = (first, second) => (Date.parse(second) - Date.parse(first)) / 86_400_000;

const ORDINALS = { one: "st", two: "nd", few: "rd", other: "th" };
const ordinal = (number) =>
  number + ORDINALS[new Intl.PluralRules("en", { type: "ordinal" }).select(number)];

function written(ms, zone, { month, weekday, year }) {
  const name = format(zone, { month }).format(ms);
  const day = Number(parts(ms, zone).day);
  const lead = weekday ? `${format(zone, { weekday: "long" }).format(ms)}, ` : "";
  const tail = year ? `, ${parts(ms, zone).year}` : "";
  return `${lead}${name} ${month === "long" ? ordinal(day) : day}${tail}`;
}

const plainDay = (ms, zone) => {
  const { year, day } = parts(ms, zone);
  return `${format(zone, { month: "long" }).format(ms)} ${Number(day)}, ${year}`;
};

const HALF_YEAR = 183 * 86_400_000;

const TOKENS = {
  date_num: (ms, zone) => dayOf(ms, zone),
  date: (ms, zone, now) =>
    written(ms, zone, { month: "long", year: Math.abs(ms - now) > HALF_YEAR }),
  date_short: (ms, zone) => written(ms, zone, { month: "short", year: true }),
  date_slash: (ms, zone) => dayOf(ms, zone).split("-").reverse().join("/"),
  date_long_full: (ms, zone) => plainDay(ms, zone),
  date_long: (ms, zone) => written(ms, zone, { month: "long", weekday: true, year: true }),
  day_divider: (ms, zone, now) =>
    written(ms, zone, {
      month: "long",
      weekday: true,
      year: parts(ms, zone).year !== parts(now, zone).year,
    }),
  time: (ms, zone) => timeOf(ms, zone),
  time_secs: (ms, zone) =>
    format(zone, { hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(ms),
  ago: (ms, zone, now) => ago(ms - now),
};

function ago(distance) {
  const units = [
    ["day", 86_400_000],
    ["hour", 3_600_000],
    ["minute", 60_000],
  ];
  const [unit, length] = units.find(([, size]) => Math.abs(distance) >= size) || ["second", 1000];
  return new Intl.RelativeTimeFormat("en", { numeric: "auto" }).format(
    Math.round(distance / length),
    unit,
  );
}

/** Slack's `{date_short_pretty} at {time}` for an epoch in seconds; unknown tokens stay as they are. */
export function slackDate(epoch, pattern, zone, nowMs) {
  const ms = Number(epoch) * 1000;
  return pattern.replace(/\{(\w+)\}/g, (whole, token) => {
    const plain = token.replace(/_pretty$/, "");
    const near = plain === token ? null : nearDay(ms, zone, nowMs);
    return near || (TOKENS[plain] ? TOKENS[plain](ms, zone, nowMs) : whole);
  });
}

/**
 * Epoch seconds of a wall time `YYYY-MM-DDTHH:MM` in a zone. One that a clock change skips is moved
 * forward by the gap; of one that happens twice the first is meant.
 */
export function epochOf(wall, zone) {
  const wanted = Date.parse(`${wall}Z`) / 1000;
  const moments = [-1, 1].map((days) => wanted - offsetAt(wanted + days * 86_400, zone));
  return moments.find((epoch) => wallOf(epoch, zone) === wall) ?? moments[0];
}

const offsetAt = (epoch, zone) =>
  Date.parse(`${wallOf(epoch, zone)}Z`) / 1000 - Math.floor(epoch / 60) * 60;

/** The wall time `YYYY-MM-DDTHH:MM` of an epoch in seconds. */
export const wallOf = (epoch, zone) => `${dayOf(epoch * 1000, zone)}T${timeOf(epoch * 1000, zone)}`;

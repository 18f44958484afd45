// What a select offers: its own options, people by company, channels; found by typing.

import { withEmoji } from "./texts.js";

/** The groups `[{label, options: [{value, label, note}]}]` that an element offers by itself. */
export function offered(one, world) {
  const source = one.type.replace("multi_", "").replace("_select", "");
  return SOURCES[source]?.(one, world) || [];
}

const SOURCES = {
  static: (one) => optionGroups(one),
  users: (_, world) => peopleByCompany(world),
  channels: (_, world) => [channelGroup(world, (one) => !one.is_private)],
  conversations: (one, world) => conversations(one, world),
};

/** The groups of what carries `options` or `option_groups`, as elements and apps' answers do. */
export function optionGroups({ options, option_groups: groups }) {
  return (groups || [{ options: options || [] }]).map((group) => ({
    label: group.label ? withEmoji(group.label) : "",
    options: group.options.map(optionOf),
  }));
}

const optionOf = (option) => ({
  value: option.value,
  label: withEmoji(option.text),
  note: option.description ? withEmoji(option.description) : "",
});

function peopleByCompany(world) {
  const groups = world.facts.teams.map((team) => ({
    label: team.name,
    options: world.people
      .filter((user) => user.team_id === team.id)
      .map((user) => ({ value: user.id, label: world.nameOf(user), note: `@${user.name}` })),
  }));
  return groups.filter((group) => group.options.length);
}

function channelGroup(world, isWanted) {
  const mine = world.myChannels().filter((one) => !one.is_archived && isWanted(one));
  return {
    label: "Channels",
    options: mine.map((one) => ({ value: one.id, label: `#${one.name}`, note: "" })),
  };
}

function conversations({ filter = {} }, world) {
  const kinds = filter.include || ["im", "public", "private"];
  const isWanted = (one) =>
    kinds.includes(one.is_private ? "private" : "public") &&
    !(filter.exclude_external_shared_channels && one.is_shared);
  const channels = channelGroup(world, isWanted);
  return [
    ...(channels.options.length ? [channels] : []),
    ...(kinds.includes("im") ? peopleByCompany(world) : []),
  ];
}

/** The options that hold every word of `typed`, in their groups, those that start with it first. */
export function matching(groups, typed) {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length) return groups;
  const found = groups.map((group) => {
    const holds = ({ label, note }) => {
      const all = `${label} ${note} ${group.label}`.toLowerCase();
      return words.every((word) => all.includes(word));
    };
    const starts = ({ label }) => label.toLowerCase().replace(/^[#@]/, "").startsWith(words[0]);
    const options = group.options.filter(holds);
    return { ...group, options: options.sort((one, other) => starts(other) - starts(one)) };
  });
  return found.filter((group) => group.options.length);
}

const INITIALS = ["user", "channel", "conversation", "users", "channels", "conversations"];

/** The value, or the list of values, that an element starts with; undefined when it has none. */
export function initialOf(one) {
  if (one.initial_option) return one.initial_option.value;
  if (one.initial_options) return one.initial_options.map((option) => option.value);
  return INITIALS.map((name) => one[`initial_${name}`]).find((value) => value !== undefined);
}

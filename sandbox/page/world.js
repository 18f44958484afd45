// Who and what there is, as the acting person sees it: lookups, names, the present moment.

import { dayOf, knownZone } from "./dates.js";

/** The answer of `GET world`, with lookups. `viewerId` is the person who acts. */
export class World {
  constructor(facts, viewerId) {
    this.facts = facts;
    this.users = byId(facts.users);
    this.channels = byId(facts.channels);
    this.teams = byId(facts.teams);
    this.people = facts.users.filter((user) => !user.is_bot && !user.deleted);
    this.bot =
      facts.users.find((user) => user.id === facts.app?.user_id) ||
      facts.users.find((user) => user.is_bot);
    this.viewer = this.users.get(viewerId) || this.people[0];
    this.zone = knownZone(this.viewer?.tz);
    this.readAt = performance.now();
  }

  user(id) {
    return this.users.get(id);
  }

  channel(id) {
    return this.channels.get(id);
  }

  team(id) {
    return this.teams.get(id);
  }

  nameOf(user) {
    return user.real_name || user.name || user.id;
  }

  /** Whether somebody else of the same company has the same name. */
  isTwin(user) {
    this.names ??= Map.groupBy(this.people, (one) => `${one.team_id}/${this.nameOf(one)}`);
    return this.names.get(`${user.team_id}/${this.nameOf(user)}`)?.length > 1;
  }

  /** The team's name if the person is of another company than the one who looks. */
  companyTag(user) {
    return user.is_bot || user.team_id === this.viewer?.team_id
      ? null
      : this.team(user.team_id)?.name;
  }

  /** The world's present moment in milliseconds; it goes on by itself while the clock runs. */
  nowMs() {
    const passed = this.facts.running ? performance.now() - this.readAt : 0;
    return Date.parse(this.facts.now) + passed;
  }

  /** The day (YYYY-MM-DD) that it is for the acting person. */
  today() {
    const minute = Math.floor(this.nowMs() / 60_000);
    if (this.day?.minute !== minute)
      this.day = { minute, words: dayOf(minute * 60_000, this.zone) };
    return this.day.words;
  }

  /** The channels that the acting person is in, archived ones last. */
  myChannels() {
    const mine = [...this.channels.values()].filter((one) => one.members.includes(this.viewer?.id));
    return mine.sort((one, other) => Boolean(one.is_archived) - Boolean(other.is_archived));
  }

  /** The id of the acting person's direct messages with the bot; null before the first one. */
  dmId() {
    return this.facts.ims?.find((im) => im.user === this.viewer?.id)?.id || null;
  }
}

const byId = (items) => new Map(items.map((item) => [item.id, item]));

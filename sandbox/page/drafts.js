// What was typed and not sent: it survives a reload, and belongs to one person in one place.

const WORDS = "draft/";
const FIELDS = "typed/";

export class Drafts {
  age = 0; // how often the world changed
  #fields = new Map();

  words(key) {
    return sessionStorage.getItem(WORDS + key) || "";
  }

  keepWords(key, words) {
    keep(WORDS + key, words);
  }

  /** The fields of a message or view: `{block id: {action id: value}}`, to be changed in place. */
  fields(key) {
    if (!this.#fields.has(key)) this.#fields.set(key, stored(FIELDS + key));
    return this.#fields.get(key);
  }

  /** Stores what `fields(key)` holds now. */
  keepFields(key) {
    const fields = this.#fields.get(key) || {};
    keep(FIELDS + key, Object.keys(fields).length ? JSON.stringify(fields) : "");
  }

  /** Forgets the fields of a person's views that are not among `ids` any more. */
  keepViews(userId, ids) {
    const start = `${userId}/V`;
    const kept = new Set(ids.map((id) => `${userId}/${id}`));
    const isGone = (key) => key.startsWith(start) && !kept.has(key);
    for (const key of [...this.#fields.keys()].filter(isGone)) this.#fields.delete(key);
    forgetWhere((key) => key.startsWith(FIELDS) && isGone(key.slice(FIELDS.length)));
  }

  /** The ts of a message that the person began to change; null if there is none. */
  edited(userId) {
    const start = `${WORDS}${userId}/edit/`;
    const key = Object.keys(sessionStorage).find((one) => one.startsWith(start));
    return key ? key.slice(start.length) : null;
  }

  /** Forgets what was typed by people who are not among `ids`. */
  keepPeople(ids) {
    this.age += 1;
    this.#fields.clear();
    const isGone = (key) => !ids.includes(key.split("/")[1]);
    forgetWhere((key) => (key.startsWith(WORDS) || key.startsWith(FIELDS)) && isGone(key));
  }
}

function keep(key, words) {
  if (words) sessionStorage.setItem(key, words);
  else sessionStorage.removeItem(key);
}

function forgetWhere(isGone) {
  for (const key of Object.keys(sessionStorage).filter(isGone)) sessionStorage.removeItem(key);
}

function stored(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key)) || {};
  } catch {
    return {};
  }
}

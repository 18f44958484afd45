// Speaks to the sandbox's control calls and hears what changed; draws nothing.

const BASE = "/_control/";

/** What the server refused: its code and sentence. */
class Refused extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/** Throws what is no refusal. */
export function refused(error) {
  if (!(error instanceof Refused)) throw error;
}

/** The answer of a reading call. */
export async function read(call, query = {}) {
  const search = new URLSearchParams(query).toString();
  return answerOf(await reach(`${BASE}${call}${search ? `?${search}` : ""}`));
}

/** The answer of a call that does something. */
export async function send(call, body) {
  const request = {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  };
  return answerOf(await reach(BASE + call, request));
}

async function reach(url, request) {
  try {
    return await fetch(url, request);
  } catch {
    throw new Refused("unreachable", "The sandbox does not answer. It may have been stopped.");
  }
}

async function answerOf(response) {
  const answer = await response.json().catch(() => ({}));
  // A submitted form that was sent back carries its errors, and is no refusal.
  if (answer.errors) return answer;
  if (!response.ok || answer.ok === false) {
    const code = answer.error || `http_${response.status}`;
    throw new Refused(code, answer.message || sentenceFor(code));
  }
  return answer;
}

function sentenceFor(code) {
  return code === "operation_timeout"
    ? "The app did not answer within three seconds."
    : `The sandbox refused this: ${code}.`;
}

/** Calls `onChange(event)` for each change, and `onLine(up)` when the line goes down or comes back. */
export function follow(onChange, onLine) {
  const stream = new EventSource(`${BASE}stream`);
  stream.onopen = () => onLine(true);
  stream.onerror = () => onLine(false);
  stream.onmessage = (event) => onChange(JSON.parse(event.data));
}

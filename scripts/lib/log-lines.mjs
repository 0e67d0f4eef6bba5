// The Worker's log as a person reads it: "06:00:00 warn  message". Services write part of it, so nothing in it reaches the
// terminal but what can be seen: it can neither begin a line of its own, nor colour, erase or turn round what is there.
import util from "node:util";

const kUnseen = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;
const kShort = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

// With escapes in the place of control characters, line ends and marks of direction.
export const visible = (text) =>
  text.replace(kUnseen, (c) => kShort[c] ?? `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);

// A line of wrangler's own: without its colours.
export const plain = (line) => visible(util.stripVTControlCharacters(line));

// The lines of a stream. Only a line feed ends one: what Unicode has besides may stand within a text of JSON.
export async function* linesOf(stream) {
  let rest = "";
  for await (const text of stream.setEncoding("utf8")) {
    const lines = (rest + text).split("\n");
    rest = lines.pop();
    yield* lines;
  }
  if (rest !== "") yield rest;
}

const clock = (time) => new Date(time).toISOString().slice(11, 19);

export const logLine = (time, level, message) =>
  `${clock(time)} ${visible(level).padEnd(5)} ${visible(message)}`;

// Our own lines are {"level","message"}; anything else a Worker prints is shown as it is.
export function readable(time, level, text) {
  const own = parsed(text);
  return typeof own?.message === "string" && typeof own.level === "string"
    ? logLine(time, own.level, own.message)
    : logLine(time, level, text);
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

// The lines of one event of `wrangler tail --format json`.
export function eventLines({ outcome, event, eventTimestamp, logs = [], exceptions = [] }) {
  const failed = outcome === "ok" ? [] : [logLine(eventTimestamp, "error", `${nameOf(event)}: ${outcome}`)];
  return [
    ...logs.map(({ timestamp, level, message }) =>
      readable(timestamp, level, [message].flat().map(text).join(" ")),
    ),
    ...exceptions.map(({ timestamp, name, message }) => logLine(timestamp, "error", `${name}: ${message}`)),
    ...failed,
  ];
}

const text = (value) => (typeof value === "string" ? value : JSON.stringify(value));

function nameOf(event) {
  if (event?.request) return `${event.request.method} ${new URL(event.request.url).pathname}`;
  return event?.cron ? `CRON ${event.cron}` : "event";
}

// Wrangler prints each event as JSON over several lines, the outermost braces at the start of a line. Yields
// the events, and as strings the lines between them.
export async function* objects(lines) {
  let open = [];
  for await (const line of lines) {
    if (open.length === 0 && !line.startsWith("{")) {
      yield line;
      continue;
    }
    open.push(line);
    const event = line.endsWith("}") ? parsed(open.join("\n")) : undefined;
    if (!event) continue;
    yield event;
    open = [];
  }
}

// The Worker's log as a person reads it: "06:00:00 warn  message".

const clock = (time) => new Date(time).toISOString().slice(11, 19);

export const logLine = (time, level, message) => `${clock(time)} ${level.padEnd(5)} ${message}`;

// Our own lines are {"level","message"}; anything else a Worker prints is shown as it is.
export function readable(time, level, text) {
  const own = parsed(text);
  return own?.message === undefined
    ? logLine(time, level, text)
    : logLine(time, own.level ?? level, own.message);
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

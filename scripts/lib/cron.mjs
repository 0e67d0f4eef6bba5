// Cron expressions as far as a check interval needs them: *, */n, numbers, ranges and lists, in UTC.

// Whether a run is due in the minute of `time` (ms).
export function isDue(expression, time) {
  const date = new Date(time);
  const now = [
    date.getUTCMinutes(),
    date.getUTCHours(),
    date.getUTCDate(),
    date.getUTCMonth() + 1,
    date.getUTCDay() + 1, // Cloudflare counts from Sunday, 1
  ];
  return expression.split(/\s+/).every((field, i) => field.split(",").some((part) => matches(part, now[i])));
}

function matches(part, value) {
  const [range, step = "1"] = part.split("/");
  const [from, to = from] = range === "*" ? ["0", "59"] : range.split("-");
  return value >= Number(from) && value <= Number(to) && (value - Number(from)) % Number(step) === 0;
}

// The expression that runs a check every so many seconds: whole minutes, whole hours, or a day.
export function cronOf(intervalSeconds) {
  const minutes = intervalSeconds / 60;
  const every = (count) => (count === 1 ? "*" : `*/${count}`);
  if (minutes < 60) return `${every(minutes)} * * * *`;
  return minutes < 24 * 60 ? `0 ${every(minutes / 60)} * * *` : "0 0 * * *";
}

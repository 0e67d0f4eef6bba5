// How far a time zone is ahead of UTC, and since when, which the core cannot know.

import { log } from "./log.js";

const kMinute = 60_000;
const kQuarter = 15 * kMinute;
const kDay = 96 * kQuarter;
const kBack = 400 * kDay; // how long ago a time in a message may be
const kStride = 14 * kDay; // no zone changes its clocks twice within it

// A function of a time in ms: [{from, minutes}], the offset at first and after each change of clocks of the last 400
// days. A zone that the platform does not know counts as UTC.
export function utcOffsets(zone) {
  const minutesAt = offsetIn(zone);
  let changes;
  let seen; // until when they were looked for
  return (now) => {
    const ms = now - (now % kMinute);
    if (!changes || ms < seen - kDay) {
      seen = ms - kBack;
      changes = [{ from: seen, minutes: minutesAt(seen) }];
    }
    // No zone changes its offset within a quarter of an hour, so that it is seen at once.
    while (Math.floor(seen / kQuarter) < Math.floor(ms / kQuarter)) {
      const next = Math.min(seen + kStride, ms);
      const minutes = minutesAt(next);
      if (minutes !== changes.at(-1).minutes)
        changes.push({ from: changeBetween(seen, next, minutesAt), minutes });
      seen = next;
    }
    return changes;
  };
}

// The first minute of the offset that holds at `late`.
function changeBetween(early, late, minutesAt) {
  const minutes = minutesAt(late);
  while (late - early > kMinute) {
    const middle = early + Math.floor((late - early) / 2 / kMinute) * kMinute;
    if (minutesAt(middle) === minutes) late = middle;
    else early = middle;
  }
  return late;
}

function offsetIn(zone) {
  if (zone === "UTC") return () => 0;
  const format = formatFor(zone);
  return (ms) => {
    const name = format.formatToParts(ms).find(({ type }) => type === "timeZoneName").value;
    const [, sign, hours, minutes] = /([+-])(\d+):(\d+)/.exec(name) ?? ["", "+", 0, 0];
    return Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes));
  };
}

function formatFor(timeZone) {
  try {
    return new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" });
  } catch {
    log("warn", `notifications.json: settings.timezone: ${timeZone} is not known here`, "configuration");
    return formatFor("UTC");
  }
}

// How far time zones are ahead of UTC, and since when, which the core cannot know.

import { zoneTables } from "./frames.js";
import { log } from "./log.js";

const kMinute = 60_000;
const kQuarter = 15 * kMinute;
const kDay = 96 * kQuarter;
const kBack = 400 * kDay; // how long ago a time in a message may be
const kYearBack = 366 * kDay; // of a zone that schedules name
const kYearsAhead = 731 * kDay;
const kStride = 14 * kDay; // no zone changes its clocks twice within it

// A function of a time in ms: [{from, minutes}], the offset at first and after each change of clocks of the last 400
// days. A zone that the platform does not know counts as UTC.
export function utcOffsets(zone) {
  const minutesAt = offsetIn(zone, "notifications.json: settings.timezone");
  let changes;
  let seen; // until when they were looked for
  return (now) => {
    const ms = now - (now % kMinute);
    if (!changes || ms < seen - kDay) {
      seen = ms - kBack;
      changes = [{ from: seen, minutes: minutesAt(seen) }];
    }
    // No zone changes its offset within a quarter of an hour, so that it is seen at once.
    if (Math.floor(seen / kQuarter) < Math.floor(ms / kQuarter)) {
      addChanges(changes, seen, ms, minutesAt);
      seen = ms;
    }
    return changes;
  };
}

// A function of a time in ms: the changes of these zones from a year before to two years after it, as an input takes
// them. They are kept for a day.
export function zoneOffsets(zones) {
  let kept;
  return (now) => {
    if (kept && now >= kept.at && now < kept.at + kDay) return kept.tables;
    const at = now - (now % kMinute);
    const changesOf = (zone) => {
      const minutesAt = offsetIn(zone, "services.json");
      const changes = [{ from: at - kYearBack, minutes: minutesAt(at - kYearBack) }];
      addChanges(changes, at - kYearBack, at + kYearsAhead, minutesAt);
      return changes;
    };
    kept = { at, tables: zoneTables(zones.map(changesOf)) };
    return kept.tables;
  };
}

// Appends what changes between two times.
function addChanges(changes, from, to, minutesAt) {
  for (let seen = from; seen < to;) {
    const next = Math.min(seen + kStride, to);
    const minutes = minutesAt(next);
    if (minutes !== changes.at(-1).minutes)
      changes.push({ from: changeBetween(seen, next, minutesAt), minutes });
    seen = next;
  }
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

// `place` is where the configuration names it.
function offsetIn(zone, place) {
  if (zone === "UTC") return () => 0;
  const format = formatFor(zone, place);
  return (ms) => {
    const name = format.formatToParts(ms).find(({ type }) => type === "timeZoneName").value;
    const [, sign, hours, minutes] = /([+-])(\d+):(\d+)/.exec(name) ?? ["", "+", 0, 0];
    return Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes));
  };
}

function formatFor(timeZone, place) {
  try {
    return new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" });
  } catch {
    log("warn", `${place}: ${timeZone} is not known here`, "configuration");
    return formatFor("UTC", place);
  }
}

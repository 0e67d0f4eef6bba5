// How far a time zone is ahead of UTC, which the core cannot know.

import { log } from "./log.js";

const kQuarterMs = 15 * 60_000; // no zone changes its offset within a quarter of an hour

// A function of a time in ms, in minutes. A zone that the platform does not know counts as UTC.
export function utcOffsets(zone) {
  const format = formatFor(zone);
  let [known, offset] = [];
  return (ms) => {
    const quarter = Math.floor(ms / kQuarterMs);
    if (quarter !== known) [known, offset] = [quarter, offsetAt(format, ms)];
    return offset;
  };
}

function offsetAt(format, ms) {
  const name = format.formatToParts(ms).find(({ type }) => type === "timeZoneName").value;
  const [, sign, hours, minutes] = /([+-])(\d+):(\d+)/.exec(name) ?? ["", "+", 0, 0];
  return Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes));
}

function formatFor(timeZone) {
  try {
    return new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" });
  } catch {
    log("warn", `notifications.json: settings.timezone: ${timeZone} is not known here`, "configuration");
    return formatFor("UTC");
  }
}

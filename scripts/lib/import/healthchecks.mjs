// What the API of Healthchecks lists, GET /api/v3/checks/ or that of an earlier version.
import { eachObject, objectOf, secondsOf, textOf } from "./values.mjs";

const kMinute = 60;
const kHour = 60 * kMinute;
const kDay = 24 * kHour;

export const isHealthchecks = (json) => Array.isArray(objectOf(json).checks);

export const ofHealthchecks = ({ checks }) => ({
  source: "Healthchecks",
  services: eachObject(checks, serviceOf),
});

function serviceOf(check) {
  const [group, ...others] = textOf(check.tags).split(" ").filter(Boolean);
  const notes = [];
  if (others.length > 0) notes.push(`tags ${others.join(", ")}: a service is in one group`);
  if (textOf(check.channels)) notes.push("integrations: config/notifications.json has the channels");
  if (check.manual_resume === true) notes.push("manual resume: paused until it is enabled here");
  const named = {
    name: textOf(check.name),
    slug: textOf(check.slug),
    group,
    description: textOf(check.desc),
  };
  return {
    ...named,
    enabled: check.status !== "paused",
    token: uuidOf(check),
    ...rhythmOf(check, notes),
    notes,
  };
}

// `unique_key`, which is all that a read-only key of the API shows, is no secret.
const uuidOf = ({ uuid, ping_url }) =>
  [uuid, textOf(ping_url).split("/").at(-1)].map(textOf).find((each) => /^[\da-f-]{36}$/i.test(each));

function rhythmOf({ timeout, grace, schedule, tz }, notes) {
  const [period, allowance] = [timeout, grace].map(secondsOf);
  const text = textOf(schedule);
  if (!text) return period ? { threshold: period + (allowance ?? 0), formula: "timeout + grace" } : {};
  const longest = longestOf(text);
  if (!longest) return { refused: `its schedule "${text}" is no cron expression of five fields` };
  notes.push(`schedule "${text}" (${textOf(tz) || "UTC"}): only that it is heard every ${longest} s + grace`);
  return { threshold: longest + (allowance ?? 0), formula: "longest pause of the schedule + grace" };
}

// No pause between two runs is longer. Which hours or days these are does not matter for that.
function longestOf(cron) {
  const fields = cron.split(/\s+/);
  if (fields.length !== 5 || !fields.every((field) => /^[\w*/,?#-]+$/.test(field))) return undefined;
  const [minute, hour, day, month, weekday] = fields.map((field) => field === "*");
  if (!month) return 365 * kDay;
  if (!day) return 62 * kDay; // the 31st is every second month
  if (!weekday) return 7 * kDay;
  if (!hour) return kDay;
  return minute ? kMinute : (stepOf(fields[0]) ?? kHour);
}

function stepOf(field) {
  const step = Number(field.match(/^\*\/(\d+)$/)?.[1]);
  return step >= 1 && step < 60 ? step * kMinute : undefined;
}

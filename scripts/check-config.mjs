// npm run check-config: every fault and warning of the configuration, as the core itself finds them.
import "./lib/node-version.mjs";
import { checkConfig, nextSlots } from "./lib/check-config.mjs";
import { provideCore } from "./lib/core.mjs";
import { optionsOf } from "./lib/options.mjs";
import { Failure, main, misused, say } from "./lib/say.mjs";

const usage = `npm run check-config -- [--next COUNT]

Says what is wrong with the files in config/, all of it at once, with the place in the file. A deploy does the same.
Exit code 1 when something is.

  --next COUNT   say also when each service with a schedule is expected next, up to 20 times: in the time zone of its
                 schedule, in that of this machine, and in UTC

  npm run check-config
  npm run check-config -- --next 5
`;

main(async (args) => {
  const { next } = optionsOf(args, { options: { next: { type: "string" } }, usage });
  if (next !== undefined && !(Number(next) >= 1 && Number(next) <= 20))
    throw new Failure(misused("--next takes a number from 1 to 20.", usage));
  await provideCore();
  await checkConfig();
  say("The configuration has no faults.");
  for (const service of next ? await nextSlots(Number(next)) : []) sayNext(service);
}, usage);

function sayNext({ name, schedule: { text, timezone, next } }) {
  say(`\n${name}: ${text} (${timezone})`);
  for (const slot of next) {
    const zones = [timezone, Intl.DateTimeFormat().resolvedOptions().timeZone, "UTC"];
    say(`  ${[...new Set(zones)].map((zone) => `${timeIn(zone, slot)} ${zone}`).join("   ")}`);
  }
  if (next.length === 0) say("  after its last success");
}

// "Sun 2026-11-22 07:00:00"
function timeIn(timeZone, iso) {
  const at = new Date(iso);
  const day = at.toLocaleDateString("en", { timeZone, weekday: "short" });
  return `${day} ${at.toLocaleString("sv", { timeZone })}`;
}

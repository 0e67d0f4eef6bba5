// What scripts/budget.mjs runs, once all that it needs is there.

import { main, say } from "../../scripts/lib/say.mjs";
import { playDay } from "./budget.js";
import { optionsOf } from "./options.js";
import { footer, table } from "./table.js";

for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1)); // nothing is left behind

main(async (args) => {
  const { loads, hours, json } = optionsOf(args);
  const days = [];
  for (const load of loads) {
    const day = await playDay(load, { hours, onProgress: json ? undefined : sayHours(load) });
    days.push(day);
    if (!json) say(`\n${table(day)}\n`);
  }
  const ok = days.every((day) => day.ok);
  say(json ? JSON.stringify({ ok, days }, null, 2) : footer);
  process.exitCode = ok ? 0 : 1;
});

function sayHours({ name, title }) {
  return (minutes) => {
    if (minutes === 0) say(`${name}: ${title} …`);
    else if (minutes % 60 === 0) say(`${name}: ${minutes / 60} h`);
  };
}

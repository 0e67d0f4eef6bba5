import assert from "node:assert/strict";
import { test } from "node:test";
import { cronsOf, readConfig, readWranglerToml } from "../../scripts/lib/config.mjs";
import { cronOf, isDue } from "../../scripts/lib/cron.mjs";

const at = (clock) => Date.parse(`2026-11-22T${clock}:00Z`); // a Sunday

test("a cron is due in the minutes it names and in no others", () => {
  const cases = [
    ["* * * * *", ["00:00", "13:37", "23:59"], []],
    ["*/5 * * * *", ["00:00", "13:55"], ["13:37", "13:59"]],
    ["0 * * * *", ["00:00", "13:00"], ["00:01", "13:59"]],
    ["0 */6 * * *", ["00:00", "18:00"], ["17:00", "18:01"]],
    ["10-12,30 2 * * *", ["02:10", "02:12", "02:30"], ["02:09", "02:13", "03:10"]],
    ["0 0 22 11 1", ["00:00"], []],
    ["0 0 22 11 2", [], ["00:00"]],
  ];
  for (const [cron, due, others] of cases) {
    for (const clock of due) assert.equal(isDue(cron, at(clock)), true, `${cron} at ${clock}`);
    for (const clock of others) assert.equal(isDue(cron, at(clock)), false, `${cron} at ${clock}`);
  }
});

test("every allowed check interval has its cron", () => {
  assert.deepEqual([60, 300, 3600, 21_600, 86_400].map(cronOf), [
    "* * * * *",
    "*/5 * * * *",
    "0 * * * *",
    "0 */6 * * *",
    "0 0 * * *",
  ]);
});

test("the cron of wrangler.toml runs a check as often as the settings say", async () => {
  const { checkIntervalSeconds = 60 } = readConfig("settings").monitoring ?? {};
  assert.deepEqual(cronsOf(await readWranglerToml()), [cronOf(checkIntervalSeconds)]);
});

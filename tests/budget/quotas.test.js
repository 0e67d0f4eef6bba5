import assert from "node:assert/strict";
import { test } from "node:test";

import { loads } from "../../bench/budget/loads.js";
import { measured } from "../../bench/budget/quotas.js";
import { emptyTally } from "../../bench/budget/tally.js";

const [small] = loads;
const large = loads.find(({ name }) => name === "large");

const exceeded = (load, hours, counted) =>
  measured(load, hours, { ...emptyTally(), requests: { checks: 1 }, ...counted })
    .filter(({ exceeded }) => exceeded)
    .map(({ name }) => name);

// Each at its bound, and one more than that.
const kBounds = [
  { name: "countedRequests", load: small, at: { requests: { heartbeats: 79_000, checks: 1_000 } } },
  { name: "countedRequests", load: large, at: { requests: { heartbeats: 9_000, checks: 1_000 } } },
  { name: "countedRequests", load: small, hours: 6, at: { requests: { checks: 20_000 } } },
  { name: "kvReads", at: { kvReads: { "monitor:latest": 50_000, "monitor:data": 50_000 } } },
  { name: "kvReads", hours: 12, at: { kvReads: { "monitor:data": 50_000 } } },
  { name: "kvWrites", at: { kvWrites: { "monitor:latest": 450, "monitor:data": 450 } } },
  { name: "kvWrites", hours: 1, at: { kvWrites: { "monitor:data": 72 } } }, // 900 - 23 * 36
  { name: "objectRequests", at: { objectRequests: { append: 100_000 } } },
  { name: "rowsWrittenPerRequest", at: { requests: { checks: 10 }, rowsWritten: { tick: 12 } } },
  { name: "rowsWritten", at: { requests: { checks: 90_000 }, rowsWritten: { tick: 100_000 } }, load: small },
  { name: "rowsRead", at: { rowsRead: { cron: 5_000_000 } } },
  { name: "subrequests", at: { subrequests: { "collector: publish": 50, checks: 2 } } },
  { name: "subrequests", hours: 1, at: { subrequests: { checks: 50 } } },
];

for (const { name, load = small, hours = 24, at } of kBounds)
  test(`${name} may be ${JSON.stringify(at)} in ${hours} h of "${load.name}", and not more`, () => {
    const [heading, numbers] = Object.entries(at).at(-1);
    const [key, number] = Object.entries(numbers)[0];
    const over = { ...at, [heading]: { ...numbers, [key]: number + 1 } };
    assert.ok(!exceeded(load, hours, at).includes(name));
    assert.ok(exceeded(load, hours, over).includes(name));
  });

test("polls of a large monitor are not held against its agents", () => {
  assert.deepEqual(exceeded(large, 24, { requests: { heartbeats: 7_200, checks: 1_440, polls: 4_320 } }), []);
});

// Five hundred services that go down in one check.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { kModes } from "../modes.js";
import { beats, kNames, startNotifying } from "./channels.js";
import { startProviders } from "./providers.js";

const kAll = Array.from({ length: 505 }, (_, i) => `s${i}`);
const kAlive = kAll.slice(500);
const kMostCalls = 50; // subrequests of an invocation on the free plan

for (const { mode, collector } of kModes) {
  describe(`a storm ${mode}`, () => {
    let monitor, providers;
    before(async () => {
      providers = await startProviders();
      monitor = await startNotifying({ ids: kAll, collector });
    });
    after(async () => {
      await monitor.close();
      await providers.close();
    });

    const told = [];
    const callsOfACheck = [];

    test("is told within three checks, in few calls", async () => {
      await monitor.minutesPass(1, beats(monitor, kAll));
      for (let check = 0; check < 9; check++) {
        const before = await monitor.calls();
        await monitor.minutesPass(1, beats(monitor, kAlive));
        const after = await monitor.calls();
        const news = providers.news();
        told.push(...news.map((request) => ({ check, ...request })));
        const kv = after["kv.get"] + after["kv.put"] - before["kv.get"] - before["kv.put"];
        callsOfACheck.push(news.length + kv + (after.collector - before.collector));
      }
      const first = told[0].check;
      const last = Math.max(
        ...told.filter(({ provider }) => provider !== "pagerduty").map(({ check }) => check),
      );
      assert.ok(last - first < 3, `from check ${first} to ${last}`);
      const spoken = new Set(told.map(({ provider }) => provider));
      assert.deepEqual([...spoken].toSorted(), kNames.toSorted());
      for (const calls of callsOfACheck) assert.ok(calls < kMostCalls, `${calls} calls in one check`);
    });

    test("is a digest for everybody but PagerDuty, which hears of each service for itself", () => {
      const once = told.filter(({ provider }) => provider !== "pagerduty");
      assert.equal(once.length, kNames.length - 1);
      const digest = JSON.parse(once.find(({ provider }) => provider === "webhook").body);
      assert.equal(digest.event, "digest");
      assert.equal(digest.title, "500 down");
      assert.equal(digest.digest.lines.length + digest.digest.more, 500);
      const keys = told
        .filter(({ provider }) => provider === "pagerduty")
        .map(({ body }) => JSON.parse(body).dedup_key);
      assert.ok(keys.length >= 60, `${keys.length} incidents in three checks`);
      assert.equal(new Set(keys).size, keys.length);
    });
  });
}

// Every channel through the Worker: what providers get, in the form that they document.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { kModes } from "../modes.js";
import { beats, kAlertKey, kAlive, kNames, startNotifying, takeDown } from "./channels.js";
import { startProviders } from "./providers.js";

const kNasty = `<script>alert(1)</script> *b* _i_ \`c\` [l](http://x) @everyone & "q" 🔥 \u202Eabc \${x} $& {{emoji}}`;

for (const { mode, collector } of kModes) {
  describe(`the channels ${mode}`, () => {
    let monitor, providers;
    before(async () => {
      providers = await startProviders();
      monitor = await startNotifying({
        collector,
        names: { web: kNasty.slice(0, 100), mail: "é".repeat(10_000) },
      });
    });
    after(async () => {
      await monitor.close();
      await providers.close();
    });

    const toldBy = () =>
      providers
        .news()
        .map(({ provider }) => provider)
        .toSorted();

    test("are each told once that a service is down, and once that it is up", async () => {
      await takeDown(monitor);
      assert.deepEqual(toldBy(), kNames.toSorted());
      await monitor.minutesPass(2, beats(monitor, kAlive));
      assert.deepEqual(toldBy(), []);
      await monitor.minutesPass(1, beats(monitor, ["web", ...kAlive]));
      assert.deepEqual(toldBy(), kNames.toSorted());
    });

    test("resolve at PagerDuty what they triggered there", async () => {
      const down = JSON.stringify({ serviceId: "web", status: "down", message: kNasty });
      await monitor.minutesPass(1, () => monitor.post("/api/heartbeat", down));
      const [trigger] = providers.news("pagerduty").map(({ body }) => JSON.parse(body));
      await monitor.minutesPass(1, beats(monitor, ["web"]));
      const [resolve] = providers.news("pagerduty").map(({ body }) => JSON.parse(body));
      assert.equal(trigger.event_action, "trigger");
      assert.equal(resolve.event_action, "resolve");
      assert.equal(resolve.dedup_key, trigger.dedup_key);
      providers.news();
    });

    test("take names and texts of any kind and length", async () => {
      for (const status of ["degraded", "down"]) {
        const said = {
          status,
          message: kNasty.repeat(9),
          metadata: { [kNasty]: kNasty, emoji: "👩‍👩‍👧".repeat(300) },
        };
        await monitor.minutesPass(1, () =>
          monitor.post("/api/heartbeat", {
            services: ["web", "mail"].map((serviceId) => ({ serviceId, ...said })),
          }),
        );
      }
      const labels = { severity: 3, none: null, nested: { a: [1] }, text: kNasty };
      const alert = { title: kNasty.repeat(50), message: kNasty.repeat(500), severity: "critical", labels };
      const { status, body } = await monitor.post("/api/alert", alert, { key: kAlertKey });
      assert.equal(status, 200);
      assert.deepEqual(body.channelsFailed, []);
      assert.deepEqual(body.channelsSent, kNames);
      assert.ok(providers.news().length > 4 * kNames.length);
    });

    test("can be tried one by one", async () => {
      providers.news();
      for (const channelName of kNames) {
        for (const eventType of ["test", "down", "degraded", "up"]) {
          const answer = await monitor.post(
            "/api/test-notification",
            { channelName, eventType },
            { key: kAlertKey },
          );
          assert.equal(answer.body.success, true, JSON.stringify(answer.body));
          assert.equal(providers.news(channelName).length, 1);
        }
      }
    });

    test("send nothing that its provider would not take", () => assert.deepEqual(providers.broken, []));
  });
}

// The other types of channels through the Worker: the calls are what their providers document, and what keeps
// incidents closes those that it opened.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import {
  beats,
  kAlertKey,
  kAlive,
  kMoreChannels,
  kMoreCredentials,
  startNotifying,
  takeDown,
} from "./channels.js";
import { startProviders } from "./providers.js";

const kNames = kMoreChannels.map(({ name }) => name);
const kNasty = `<script>alert(1)</script> *b* _i_ \`c\` [l](http://x) @everyone @all & "q" 🔥 \u202Eabc`;

describe("the other types of channels", () => {
  let monitor, providers;
  before(async () => {
    providers = await startProviders();
    monitor = await startNotifying({
      collector: true,
      channels: kMoreChannels,
      secrets: kMoreCredentials,
      names: { web: kNasty, mail: "é".repeat(10_000) },
    });
  });
  after(async () => {
    await monitor.close();
    await providers.close();
  });

  const toldBy = (news) => news.map(({ provider }) => provider).toSorted();

  test("are each told once that a service is down, and once that it is up", async () => {
    await takeDown(monitor);
    const down = providers.news();
    assert.deepEqual(toldBy(down), kNames.toSorted());
    await monitor.minutesPass(3, beats(monitor, ["web", ...kAlive]));
    const up = providers.news();
    assert.deepEqual(toldBy(up), kNames.toSorted());
    const of = (news, name) => JSON.parse(news.find(({ provider }) => provider === name).body);
    const closed = up.find(({ provider }) => provider === "opsgenie").path.split("/")[3];
    assert.equal(decodeURIComponent(closed), of(down, "opsgenie").alias);
    assert.equal(of(up, "grafana").alert_uid, of(down, "grafana").alert_uid);
    assert.equal(of(up, "incidentio").deduplication_key, of(down, "incidentio").deduplication_key);
  });

  test("take alerts of any text, and real messages to try them", async () => {
    const labels = Object.fromEntries(
      Array.from({ length: 30 }, (_, i) => [`label-${i}`, "é🔥".repeat(500)]),
    );
    for (const title of ["t", kNasty, "x".repeat(5000)]) {
      const alert = { title, message: kNasty.repeat(50), severity: "critical", labels };
      const { body } = await monitor.post("/api/alert", alert, { key: kAlertKey });
      assert.deepEqual(body.channelsFailed ?? [], []);
      await monitor.minutesPass(2, beats(monitor, ["web", ...kAlive]));
    }
    for (const channelName of kNames) {
      const wanted = { channelName, eventType: "down" };
      const { body } = await monitor.post("/api/test-notification", wanted, { key: kAlertKey });
      assert.equal(body.success, true, JSON.stringify(body));
    }
  });

  test("send nothing that its provider would not take", () => assert.deepEqual(providers.broken, []));
});

// The collector dies at every point of a round of delivery: a message may come twice then, with one key, but
// it comes.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { beats, kAlertKey, kAlive, startNotifying, takeDown } from "./channels.js";
import { startProviders } from "./providers.js";

const kWebhook = [{ type: "webhook", name: "webhook" }];

describe("a collector that dies", () => {
  let monitor, providers;
  before(async () => {
    providers = await startProviders();
    monitor = await startNotifying({ channels: kWebhook });
  });
  after(async () => {
    await monitor.close();
    await providers.close();
  });

  for (const [when, rule] of [
    ["before the check is stored", { on: "rows.write", key: "state", does: "dies", times: 1 }],
    ["before the messages are stored", { on: "rows.write", key: "outbox", does: "dies", times: 1 }],
    [
      "before what is under way is stored",
      { on: "rows.write", key: "outbox", does: "dies", skip: 1, times: 1 },
    ],
    ["before the answers are stored", { on: "rows.write", key: "outbox", does: "dies", skip: 2, times: 1 }],
  ]) {
    test(`${when} loses no message`, async () => {
      await monitor.minutesPass(1, beats(monitor, ["web", ...kAlive]));
      providers.news();
      await monitor.minutesPass(5, beats(monitor, kAlive));
      await monitor.faults(rule);
      await monitor.minutesPass(1, beats(monitor, kAlive));
      assert.equal((await monitor.calls()).wentWrong, 1);
      await monitor.faults();
      await monitor.minutesPass(3, beats(monitor, kAlive));
      const keys = providers.news().map(({ body }) => JSON.parse(body).dedupKey);
      assert.ok(keys.length >= 1 && keys.length <= 2, `it came ${keys.length} times`);
      assert.equal(new Set(keys).size, 1);
      await monitor.minutesPass(1, beats(monitor, ["web", ...kAlive]));
      assert.deepEqual(
        providers.news().map(({ body }) => JSON.parse(body).event),
        ["up"],
      );
    });
  }

  test("while an alert is posted loses none: who posts it again is told that it is known, or it is told", async () => {
    const alert = { title: "t", message: "m", dedupKey: "k" };
    const post = () => monitor.post("/api/alert", alert, { key: kAlertKey });
    await monitor.faults({ on: "rows.write", key: "outbox", does: "dies", skip: 1, times: 1 });
    assert.equal((await post()).status, 503);
    await monitor.faults();
    assert.equal((await post()).status, 200);
    await monitor.minutesPass(2, beats(monitor, ["web", ...kAlive]));
    const keys = providers.news().map(({ body }) => JSON.parse(body).dedupKey);
    assert.ok(keys.length >= 1 && keys.length <= 2, `it came ${keys.length} times`);
    assert.equal(new Set(keys).size, 1);
  });
});

describe("a watcher of the monitor", () => {
  let monitor, providers;
  before(async () => {
    providers = await startProviders();
    monitor = await startNotifying({
      channels: kWebhook,
      secrets: {
        NOTIFICATION_WEBHOOK_URL: "https://hook.example/1",
        NOTIFICATION_WEBHOOK_SIGNINGSECRET: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        MONITOR_PING_URL: "https://watcher.example/ping",
      },
    });
  });
  after(async () => {
    await monitor.close();
    await providers.close();
  });

  test("is pinged with every check, after its messages", async () => {
    await takeDown(monitor);
    const told = providers.news().map(({ provider }) => provider);
    assert.deepEqual(told, [...Array(6).fill("ping"), "webhook", "ping"]);
  });
});

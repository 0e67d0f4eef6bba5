// Providers at their worst: nothing is lost, nothing is sent twice, and no secret gets out.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { kModes } from "../modes.js";
import { beats, kAlertKey, kAlive, kNames, kSecrets, startNotifying, takeDown } from "./channels.js";
import { startProviders } from "./providers.js";

const kWorst = {
  discord: {
    status: 429,
    headers: { "Retry-After": "90" },
    body: '{"message":"slow down","retry_after":90}',
  },
  slack: { status: 200, body: "invalid_payload" },
  telegram: { status: 200, body: '{"ok":false,"error_code":400,"description":"chat not found"}' },
  mailgun: { status: 500, body: "x".repeat(5 * 1024 * 1024) },
  resend: "hangs",
  pagerduty: "resets",
  pushover: { status: 302, headers: { Location: "https://discord.com/elsewhere" } },
  webhook: { status: 404, body: "no such hook" },
};

for (const { mode, collector } of kModes) {
  describe(`providers that fail, ${mode}`, () => {
    let monitor, providers;
    before(async () => {
      providers = await startProviders();
      monitor = await startNotifying({ collector });
      for (const [name, answer] of Object.entries(kWorst)) providers.answers(name, answer);
    });
    after(async () => {
      await monitor.close();
      await providers.close();
    });

    const byProvider = () => {
      const counts = Object.fromEntries(kNames.map((name) => [name, 0]));
      for (const { provider } of providers.news()) counts[provider]++;
      return counts;
    };

    test("are each asked once in a check", async () => {
      await takeDown(monitor);
      const asked = byProvider();
      assert.deepEqual(asked, Object.fromEntries(kNames.map((name) => [name, 1])));
    });

    test("are named on the page, without their words", async () => {
      for (const name of ["resend", "pagerduty"]) providers.answers(name, kWorst.mailgun); // to be done sooner
      await monitor.minutesPass(6, beats(monitor, kAlive));
      const { body } = await monitor.get("/api/status");
      assert.deepEqual(
        body.channels.map(({ name }) => name),
        kNames,
      );
      for (const { failingSince } of body.channels) assert.match(failingSince, /^2026-11-22T06:/);
      assert.doesNotMatch(JSON.stringify(body.channels), /HTTP|no such hook|invalid/);
      providers.news();
    });

    test("that are well again are told what waited, each once", async () => {
      for (const name of kNames) providers.answers(name, undefined);
      await monitor.minutesPass(10, beats(monitor, kAlive));
      const told = byProvider();
      // What was refused twice is given up; the others hear of it, or of each other's faults.
      for (const name of ["discord", "mailgun", "resend", "pagerduty", "pushover", "webhook"]) {
        assert.ok(told[name] >= 1, `${name} was told ${told[name]} times`);
      }
      await monitor.minutesPass(1, beats(monitor, ["web", ...kAlive])); // Slack and Telegram take this one
      await monitor.minutesPass(1, beats(monitor, ["web", ...kAlive]));
      await monitor.minutesPass(4);
      assert.deepEqual((await monitor.get("/api/status")).body.channels, []);
    });

    test("leave no secret in what is stored, logged or answered", async () => {
      const answers = await Promise.all(
        ["/", "/api/status", "/api/self", "/api/services", "/api/alerts/recent?hours=100"].map(async (path) =>
          JSON.stringify(await monitor.get(path, { key: kAlertKey })),
        ),
      );
      const all = [...answers, JSON.stringify(await monitor.stored()), JSON.stringify(monitor.logs())].join();
      for (const secret of kSecrets) assert.ok(!all.includes(secret), `${secret} got out`);
    });
  });
}

describe("a channel whose credential is missing", () => {
  let monitor, providers;
  before(async () => {
    providers = await startProviders();
    monitor = await startNotifying({ secrets: { ALERT_API_KEY: kAlertKey } });
  });
  after(async () => {
    await monitor.close();
    await providers.close();
  });

  test("is named in the log, on the page and to its operator", async () => {
    await monitor.minutesPass(1, beats(monitor, ["web"]));
    const named = monitor.lines().filter(({ message }) => /NOTIFICATION_DISCORD_WEBHOOKURL/.test(message));
    assert.ok(named.length > 0);
    const { channels } = (await monitor.get("/api/status")).body;
    assert.deepEqual(
      channels.map(({ name }) => name),
      kNames,
    );
    const self = (await monitor.get("/api/self", { key: kAlertKey })).body;
    assert.equal(self.channels[0].error, "The secret NOTIFICATION_DISCORD_WEBHOOKURL is not set");
  });

  test("counts an alert for it as failed with that reason", async () => {
    const { body } = await monitor.post("/api/alert", { title: "t", message: "m" }, { key: kAlertKey });
    assert.deepEqual(body.channelsSent, []);
    assert.deepEqual(body.channelsFailed[1], {
      channel: "slack",
      error: "The secret NOTIFICATION_SLACK_WEBHOOKURL is not set",
    });
    assert.deepEqual(providers.news(), []);
  });
});

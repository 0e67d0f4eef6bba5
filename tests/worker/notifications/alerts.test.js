// Alerts from outside: payloads as Alertmanager and Grafana send them, their history, and who may post.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";

import { kModes } from "../modes.js";
import { kAlertKey, startNotifying } from "./channels.js";
import { startProviders } from "./providers.js";

const kWebhook = [{ type: "webhook", name: "webhook" }];
const payload = (name) => readFile(new URL(`../../data/alerts/${name}.json`, import.meta.url), "utf8");

for (const { mode, collector } of kModes) {
  describe(`alerts ${mode}`, () => {
    let monitor, providers;
    before(async () => {
      providers = await startProviders();
      monitor = await startNotifying({ collector, channels: kWebhook });
    });
    after(async () => {
      await monitor.close();
      await providers.close();
    });

    const post = (body, key = kAlertKey) => monitor.post("/api/alert", body, { key });
    const told = () =>
      providers.news("webhook").map(({ body }) => {
        const { event, alert, digest } = JSON.parse(body);
        return event === "digest" ? `${event} ${digest.lines.length}` : `${alert.status} ${alert.title}`;
      });

    for (const name of [
      "alertmanager-firing",
      "alertmanager-resolved",
      "alertmanager-mixed",
      "alertmanager-truncated",
      "grafana-firing",
      "grafana-resolved",
      "grafana-no-data",
      "grafana-legacy",
      "grafana-legacy-ok",
      "grafana-legacy-no-data",
    ]) {
      test(`${name} is told, and its repeat is not`, async () => {
        const body = await payload(name);
        await monitor.advance(2);
        const answer = await post(body);
        assert.equal(answer.status, 200, JSON.stringify(answer.body));
        assert.deepEqual(answer.body.channelsSent, ["webhook"]);
        assert.ok(told().length > 0);
        if (name.startsWith("grafana-legacy")) return; // has no fingerprint
        await monitor.advance(2);
        assert.equal((await post(body)).status, 200);
        assert.deepEqual(told(), []);
      });
    }

    test("are in the history, with all its filters", async () => {
      await monitor.minutesPass(1);
      const recent = async (query) =>
        (await monitor.get(`/api/alerts/recent?hours=100&limit=1000${query}`)).body.alerts;
      const all = await recent("");
      assert.ok(all.length >= 10);
      assert.ok(all.every(({ accepted }) => accepted === undefined));
      const sources = new Set(all.map(({ source }) => source));
      assert.ok(sources.has("grafana") && sources.has("alertmanager"));
      const critical = await recent("&severity=critical&source=alertmanager");
      assert.ok(critical.length > 0 && critical.length < all.length);
      const [{ labels, title }] = critical;
      assert.ok((await recent(`&q=${encodeURIComponent(title)}`)).length > 0);
      assert.equal(typeof labels, "object");
    });

    test("are refused without their key, before anything is looked at", async () => {
      const stored = await monitor.stored();
      assert.equal((await post("{", "wrong")).status, 401);
      assert.equal((await monitor.post("/api/alert", "{")).status, 401);
      assert.deepEqual(await monitor.stored(), stored);
    });

    test("may come with the key as a password", async () => {
      const Authorization = `Basic ${btoa(`alertmanager:${kAlertKey}`)}`;
      const { status } = await monitor.post(
        "/api/alert",
        { title: "t", message: "m" },
        { headers: { Authorization } },
      );
      assert.equal(status, 200);
      assert.deepEqual(told(), ["firing t"]);
    });

    test("that are too large, or no alerts, are refused with a sentence", async () => {
      assert.equal((await post("x".repeat(4 * 1024 * 1024 + 1))).status, 413);
      for (const body of ["", "null", "[]", "{}", '{"alerts":[]}', '{"title":1,"message":"m"}']) {
        const answer = await post(body);
        assert.equal(answer.status, 400, body);
        assert.match(answer.body.error, /^\w.+/);
      }
      assert.deepEqual(told(), []);
    });
  });
}

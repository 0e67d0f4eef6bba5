// A service's own view.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";

import { changesRows } from "../../scripts/demo/documents.mjs";
import { ago, kKey, long, open, remember, run, site, states, tell, texts } from "./fixture.js";

const ms = (minutes) => Date.parse(ago(minutes));

describe("a service's own view", () => {
  before(async () => {
    const changes = [
      [ms(5000), "up", ""],
      [ms(3000), "degraded", "queue is long"],
      [ms(2900), "up", ""],
      [ms(60), "down", "nothing heard for an hour"],
    ];
    await remember(site.monitor, changesRows({ db: changes }));
    for (const [minutes, took] of [
      [12, 100],
      [9, 300],
      [6, 200],
    ]) {
      const heartbeat = { message: `took ${took}`, durationMs: took, metadata: { host: "db-1 <b>" } };
      await site.monitor.advance(-minutes * 60);
      await site.monitor.post("/api/heartbeat/db", heartbeat, { key: kKey });
      await site.monitor.advance(minutes * 60);
    }
  });

  test("opens by its address, and leads back to the list as it was", async (t) => {
    const { page } = await open(t, "#/?q=data");
    await page.locator(".service").getByRole("link", { name: "Database" }).click();
    assert.equal(new URL(page.url()).hash, "#/service/db");
    assert.equal(await page.locator("#own-title").innerText(), "Database");
    assert.equal(
      await page.locator("#own-title").evaluate((element) => element === document.activeElement),
      true,
    );
    await page.getByRole("link", { name: "All services" }).click();
    assert.deepEqual(await texts(page, ".service h3"), ["Database"]);
    const { page: other } = await open(t, "#/service/db");
    assert.equal(await other.locator("#own-title").innerText(), "Database");
  });

  test("says in a sentence why it is down", async (t) => {
    const { page } = await open(t, "#/service/db");
    assert.equal(await page.innerText(".why"), "nothing heard for an hour");
    assert.match(await page.innerText(".own .checked"), /Down since 05:00, for 1 h/);
    await tell(site.monitor, { states: { ...states, db: ["down", ago(0.5), null] } });
    const { page: recent } = await open(t, "#/service/db");
    assert.match(await recent.innerText(".own .checked"), /since 05:59, for less than a minute/);
    await tell(site.monitor, { states: { ...states, db: ["down", ago(60), null] } });
    const { page: silent } = await open(t, "#/service/db");
    assert.equal(await silent.innerText(".why"), "No heartbeat came within 5 min of the last one.");
  });

  test("has the uptime of today, 7, 30 and 90 days and all, as the API has it", async (t) => {
    const { page } = await open(t, "#/service/db");
    const shown = Object.fromEntries(
      (await texts(page, ".uptimes div")).map((text) => text.match(/^(.*?) ([\d.]+ %)$/).slice(1)),
    );
    assert.deepEqual(Object.keys(shown), ["Today (UTC)", "7 days", "30 days", "90 days", "All 120 days"]);
    for (const [label, days] of [
      ["Today (UTC)", 1],
      ["7 days", 7],
      ["30 days", 30],
      ["90 days", 90],
      ["All 120 days", 120],
    ]) {
      const { body } = await site.monitor.get(`/api/uptime?serviceId=db&days=${days}`);
      assert.equal(Number.parseFloat(shown[label]), body.overallUptime, label);
    }
  });

  test("draws uptime, durations and gaps, and says what they show", async (t) => {
    const { page, complaints } = await open(t, "#/service/db");
    const charts = page.getByRole("img");
    await page.locator(".chart svg").nth(2).waitFor();
    assert.deepEqual(await charts.evaluateAll((all) => all.map((each) => each.getAttribute("aria-label"))), [
      "Downtime by day. Most: 50 % on 21 Nov 2026; degraded counts half.",
      "Day by day. Since 26 Jul 2026: 118 of 120 known days without downtime, the worst at 50 %.",
      "Durations. Median 200 ms, longest 300 ms.",
      "Gaps between heartbeats. Median 3 min, longest 3 min; down after 5 min.",
    ]);
    assert.deepEqual(complaints, []);
  });

  test("the worst day is the tallest bar, and the last one is today", async (t) => {
    const { page } = await open(t, "#/service/db?days=7");
    const days = await texts(page, ".chart:has(.bar) .times span");
    assert.deepEqual([days.at(0), days.at(-1)], ["16 Nov", "22 Nov"]);
    const heights = await page
      .locator(".chart .bar")
      .evaluateAll((all) => all.map((bar) => [bar.getBoundingClientRect().height, bar.style.fill]));
    const tallest = Math.max(...heights.map(([height]) => height));
    const [[, color]] = heights.filter(([height]) => height === tallest);
    assert.equal(
      color,
      await page
        .locator(".bars path")
        .last()
        .evaluate((path) => path.style.stroke),
    );
  });

  test("a point of a chart tells its value", async (t) => {
    const { page } = await open(t, "#/service/db");
    const over = page.locator(".chart .canvas").first();
    await over.waitFor();
    await over.hover({ position: { x: (await over.boundingBox()).width - 3, y: 50 } });
    assert.match((await texts(page, ".tip"))[0], /^83.33 % up 22 Nov 2026$/);
  });

  test("lists its incidents with start, end and length", async (t) => {
    const { page } = await open(t, "#/service/db");
    await page.locator("#incidents ~ .scroll").waitFor();
    assert.deepEqual(await texts(page, "#incidents ~ .scroll tbody tr"), [
      "Down 05:00 still 1 h nothing heard for an hour",
      "Degraded 20 Nov, 04:00 20 Nov, 05:40 1 h 40 min queue is long",
    ]);
  });

  test("on a phone its incidents fit, with their length below their start", async (t) => {
    const { page } = await open(t, "#/service/db", { viewport: { width: 320, height: 700 } });
    const list = page.locator("#incidents ~ .scroll");
    await list.waitFor();
    assert.deepEqual(await texts(page, "#incidents ~ .scroll tbody tr"), [
      "Down 05:00 1 h nothing heard for an hour",
      "Degraded 20 Nov, 04:00 1 h 40 min queue is long",
    ]);
    assert.ok(await list.evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth));
  });

  test("lists its heartbeats with messages and metadata", async (t) => {
    const { page } = await open(t, "#/service/db");
    await page.locator("#log ~ .scroll").waitFor();
    const rows = await texts(page, "#log ~ .scroll tbody tr");
    assert.equal(rows.length, 3);
    assert.match(rows[0], /^05:54:00 Up 200 ms took 200 host=db-1 <b>/);
  });

  test("has ways to send its heartbeats, with its address and without a key", async (t) => {
    const { page } = await open(t, "#/service/db");
    for (const name of ["curl", "bash", "Python", "Node", "systemd", "Docker"]) {
      await page.getByRole("tab", { name }).click();
      const code = await page.innerText("#snippet code");
      assert.ok(code.includes(new URL(site.url).origin) && /\bdb\b/.test(code), code);
      assert.doesNotMatch(code, new RegExp(kKey));
    }
  });

  test("the ways of curl, Python and Node work as they stand", async (t) => {
    const { page } = await open(t, "#/service/db");
    for (const [name, program, ...options] of [
      ["curl", "bash", "-c"],
      ["Python", "python3", "-c"],
      ["Node", process.execPath, "--input-type=module", "-e"],
    ]) {
      await page.getByRole("tab", { name }).click();
      const entries = async () => (await site.monitor.get("/api/logs?serviceId=db")).body.logs.length;
      const known = await entries();
      await site.monitor.advance(1);
      const { status, output } = await run(program, [...options, await page.innerText("#snippet code")], {
        HEARTBEAT_KEY: kKey,
      });
      assert.equal(status, 0, output);
      assert.equal(await entries(), known + 1, name);
    }
  });

  test("a service that needs no key has ways without one", async (t) => {
    const { page } = await open(t, "#/service/lonely");
    for (const name of ["curl", "Python", "Node", "systemd", "Docker"]) {
      await page.getByRole("tab", { name }).click();
      assert.doesNotMatch(await page.innerText("#snippet code"), /KEY|Bearer/);
    }
  });

  test("the tabs are moved through by the arrow keys", async (t) => {
    const { page } = await open(t, "#/service/db");
    await page.getByRole("tab", { name: "curl" }).focus();
    await page.keyboard.press("ArrowRight");
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "bash");
    assert.match(await page.innerText("#snippet code"), /heartbeat.sh --service db/);
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "Docker");
  });

  test("an unknown id says so", async (t) => {
    const { page, complaints } = await open(t, "#/service/%3Cb%3Enobody");
    assert.match(await page.innerText(".own"), /No service with the id <b>nobody is watched here/);
    assert.deepEqual(complaints, []);
  });

  test("a service with a long name fits a phone", async (t) => {
    const { page } = await open(t, "#/service/long", { viewport: { width: 320, height: 700 } });
    assert.equal(await page.locator("#own-title").innerText(), long);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 320);
  });
});

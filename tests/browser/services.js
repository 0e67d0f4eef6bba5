// The list of services.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import {
  ago,
  byHand,
  hostile,
  kAtOnce,
  latest,
  newContext,
  open,
  rightToLeft,
  row,
  settledAt,
  site,
  states,
  tell,
  texts,
  withData,
} from "./fixture.js";

const names = (page) => texts(page, ".service h3");

describe("the services", kAtOnce, () => {
  test("are grouped as configured, failing ones first, those of no group last", async (t) => {
    const { page } = await open(t);
    assert.deepEqual(
      (await texts(page, ".fold")).map((text) =>
        text.replace(hostile, "odd").replace(/ 24 h.*%| 24 h.*–/, ""),
      ),
      ["Production 1 of 3 up", "odd 2 of 3 up", "Ungrouped 0 of 1 up"],
    );
    const all = await names(page);
    assert.deepEqual(all.slice(0, 3), ["Database", "Mail 📬", "Public API"]);
    assert.deepEqual(all.slice(4), [hostile, rightToLeft, "Backup"]);
  });

  test("a group where something fails stands before those where all is well, unless sorted otherwise", async (t) => {
    const allWell = (data) => {
      for (const service of data.services) if (service[0] !== "long") service[3] = "up";
      return data;
    };
    const { page } = await open(t, "#/", { prepare: withData(allWell) });
    const folds = async () => (await texts(page, ".fold")).map((text) => text.split(" ")[0]);
    assert.equal((await folds()).indexOf("Production"), 1);
    await page.goto(new URL("#/?sort=name", page.url()).href);
    assert.equal((await folds()).indexOf("Production"), 0);
  });

  test("a group folds, and stays folded at the next visit", async (t) => {
    const context = await newContext();
    t.after(() => context.close());
    const { page } = await open(t, "#/", { context });
    const fold = page.getByRole("button", { name: /^Production/ });
    await fold.click();
    assert.equal(await fold.getAttribute("aria-expanded"), "false");
    assert.equal(await row(page, "db").count(), 0);
    await page.reload();
    assert.equal(await row(page, "db").count(), 0);
    await page.getByRole("searchbox").fill("database");
    assert.equal(await row(page, "db").count(), 1, "a search opens what it finds");
  });

  test("a slash leads to the search, which finds by name, id, group and description", async (t) => {
    const { page } = await open(t);
    await page.keyboard.press("/");
    const input = page.getByRole("searchbox");
    assert.equal(await input.evaluate((element) => element === document.activeElement), true);
    assert.equal(await input.inputValue(), "");
    for (const [text, found] of [
      ["datab", ["Database"]],
      ["LONELY", ["Backup"]],
      ["load balancer", ["Public API"]],
      ["production mail", ["Mail 📬"]],
      ["nothing like it", []],
    ]) {
      await input.fill(text);
      assert.deepEqual(await names(page), found, text);
    }
    assert.match(await page.innerText(".group.none"), /No service is like that/);
    await page.keyboard.press("Escape");
    assert.equal((await names(page)).length, 7);
  });

  test("search, filter, order and range are in the address, and come back from it", async (t) => {
    const { page } = await open(t);
    await page.getByRole("searchbox").fill("a");
    await page.getByLabel("Group", { exact: true }).selectOption("Production");
    await page.getByLabel("Order").selectOption("Name");
    await page.getByText("30 d", { exact: true }).click();
    const hash = new URL(page.url()).hash;
    assert.equal(hash, "#/?q=a&group=prod&sort=name&days=30");
    const { page: other } = await open(t, hash);
    assert.deepEqual(await names(other), ["Database", "Mail 📬", "Public API"]);
    assert.equal(await other.getByRole("searchbox").inputValue(), "a");
    assert.equal(await other.getByLabel("30 d", { exact: true }).isChecked(), true);
    assert.equal(await other.getByRole("slider").first().getAttribute("aria-valuemax"), "30");
  });

  test("orders by last heartbeat and by uptime put what is worst first", async (t) => {
    const { page } = await open(t, "#/?group=prod&sort=seen");
    assert.deepEqual(await names(page), ["Database", "Public API", "Mail 📬"]);
    await page.getByLabel("Order").selectOption("Uptime");
    assert.deepEqual(await names(page), ["Database", "Public API", "Mail 📬"]);
    assert.deepEqual(await texts(page, ".uptime"), ["99.39 %", "100 %", "no data"]);
  });

  test("a state is a word, a shape and a colour", async (t) => {
    const { page } = await open(t, "#/?sort=name");
    const seen = new Map();
    for (const [id, word] of [
      ["web", "Up"],
      ["db", "Down"],
      ["mail", "Degraded"],
      ["lonely", "Unknown"],
    ]) {
      assert.equal(await row(page, id).locator(".state b").innerText(), word);
      const shape = await row(page, id).locator(".shape use").getAttribute("href");
      const color = await row(page, id)
        .locator(".state b")
        .evaluate((element) => getComputedStyle(element).color);
      assert.equal(shape, `#${word.toLowerCase()}`);
      seen.set(color, word);
    }
    assert.equal(seen.size, 4);
  });

  test("a row says since when, why, and what it is", async (t) => {
    const { page } = await open(t);
    const text = await row(page, "db").innerText();
    assert.match(text, /Down since 05:00/);
    assert.match(text, /nothing heard for an hour/);
    assert.match(await row(page, "web").innerText(), /Behind the load balancer/);
    assert.match(await row(page, "lonely").innerText(), /Never heard\s+threshold 5 min/);
  });

  test("the countdown to the threshold is live", async (t) => {
    const prepare = async (page) => {
      await byHand(page);
      await page.clock.install();
    };
    const { page } = await open(t, "#/", { prepare });
    assert.match(await row(page, "web").innerText(), /heard 2 min ago due in 1[45] min/);
    await page.clock.runFor(7 * 60_000);
    assert.match(await row(page, "web").innerText(), /heard 9 min ago due in [78] min/);
  });

  test("the uptime is over the range, and coloured by the service's own thresholds", async (t) => {
    const { page } = await open(t, "#/?days=7");
    assert.equal(await row(page, "db").locator(".uptime").innerText(), "91.33 %");
    const grade = (id) => row(page, id).locator(".uptime b").getAttribute("title");
    assert.equal(await grade("db"), "Poor");
    await page.getByText("90 d", { exact: true }).click();
    assert.equal(await row(page, "db").locator(".uptime").innerText(), `${await percentage()} %`);
    assert.equal(await grade("db"), "Fair");
    assert.equal(await grade("web"), "Excellent");
  });

  // (up + degraded / 2) / known, counted here once more from what the API has.
  async function percentage() {
    const { body } = await site.monitor.get("/api/uptime?serviceId=db&days=90");
    return body.overallUptime.toFixed(2);
  }

  test("a day tells its date, uptime and checks on hover", async (t) => {
    const { page } = await open(t, "#/?days=30");
    const bars = row(page, "db").locator(".bars");
    const { width } = await bars.boundingBox();
    await bars.hover({ position: { x: width * (28.5 / 30), y: 16 } });
    assert.match(
      (await texts(page, ".tip"))[0],
      /^21 Nov 2026 50 % Poor Up 720 checks Degraded 0 checks Down 720 checks Unknown 0 checks$/,
    );
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(".tip").count(), 0);
  });

  test("a day tells the same by the arrow keys, and to who cannot see it", async (t) => {
    const { page } = await open(t, "#/?days=30");
    const bars = page.getByRole("slider", { name: "Daily uptime of Database" });
    await row(page, "db").getByRole("link").focus();
    await page.keyboard.press("Tab");
    assert.equal(await bars.evaluate((element) => element === document.activeElement), true);
    assert.match((await texts(page, ".tip"))[0], /^22 Nov 2026 83.33 %/);
    await page.keyboard.press("ArrowLeft");
    assert.match((await texts(page, ".tip"))[0], /^21 Nov 2026 50 %/);
    assert.equal(
      await bars.getAttribute("aria-valuetext"),
      "21 Nov 2026: 50 % Poor; checks: 720 up, 720 down",
    );
    await page.keyboard.press("Home");
    assert.match((await texts(page, ".tip"))[0], /^24 Oct 2026 100 %/);
  });

  test("a day tells the same on a tap", async (t) => {
    const { page } = await open(t, "#/", { hasTouch: true, viewport: { width: 390, height: 844 } });
    const bars = row(page, "db").locator(".bars");
    await settledAt(bars);
    const { width } = await bars.boundingBox();
    await bars.tap({ position: { x: width - 3, y: 16 } });
    assert.match((await texts(page, ".tip"))[0], /^22 Nov 2026 83.33 %/);
    await page.locator("h1").tap();
    assert.equal(await page.locator(".tip").count(), 0);
  });

  test("a day without data is grey, and never 0 %", async (t) => {
    const { page } = await open(t, "#/?days=30");
    assert.equal(await row(page, "mail").locator(".bars path").count(), 1);
    assert.equal(await row(page, "mail").locator(".bars path").getAttribute("class"), "no-data");
    assert.equal(await row(page, "mail").locator(".uptime").innerText(), "no data");
    const bars = row(page, "odd").locator(".bars");
    await settledAt(bars);
    await bars.hover({ position: { x: 2, y: 16 } });
    assert.match((await texts(page, ".tip"))[0], /^24 Oct 2026 No data$/);
    const { width } = await bars.boundingBox();
    await bars.hover({ position: { x: width * (20.5 / 30), y: 16 } });
    assert.match((await texts(page, ".tip"))[0], /^13 Nov 2026 No data .*Unknown 1,440 checks$/);
  });
});

describe("services of another story", () => {
  test("the countdown counts until the reader can know that a heartbeat is missing, and the state stays the check's", async (t) => {
    // Threshold 10 min, a record every 5 min, a check a minute, a minute to be seen, a minute until the next refresh.
    for (const [minutes, expected] of [
      [10, /due in [78] min/],
      [17.5, /due in \d+ s/],
      [18.5, /overdue by 8 min/],
    ]) {
      await tell(site.monitor, { latest: { ...latest, web: ago(minutes) } });
      const { page } = await open(t);
      assert.match(await row(page, "web").innerText(), expected);
      assert.equal(await row(page, "web").locator(".state b").innerText(), "Up");
    }
  });

  test("what is down is overdue since its threshold", async (t) => {
    await tell(site.monitor, { latest: { ...latest, db: ago(7) } });
    const { page } = await open(t);
    assert.match(await row(page, "db").innerText(), /overdue by 2 min/);
  });

  test("without the collector the lag of KV belongs to the threshold", async (t) => {
    const change = (data) => ({ ...data, status: { ...data.status, kvLagSeconds: 60 } });
    await tell(site.monitor, { latest: { ...latest, web: ago(12.5) } });
    const { page } = await open(t, "#/", { prepare: withData(change) });
    assert.match(await row(page, "web").innerText(), /due in \d+ s/); // 10 min, 60 s, a minute to be seen, one to refresh
  });

  test("a paused service is shown as paused and counts as unknown", async (t) => {
    await tell(site.monitor, { states: { ...states, web: ["paused", ago(5), null] } });
    const { page } = await open(t, "#/?status=unknown");
    assert.deepEqual(await names(page), ["Public API", "Backup"]);
    assert.equal(await row(page, "web").locator(".state b").innerText(), "Paused");
  });
});

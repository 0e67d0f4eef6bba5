// How the page looks: modes, the settings of dashboard.json, print, the wall, the tab.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { ago, newContext, open, site, states, tell, texts, withData } from "./fixture.js";

const scheme = (page) => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
const style = (page, selector, name) =>
  page
    .locator(selector)
    .first()
    .evaluate((element, key) => getComputedStyle(element)[key], name);

describe("the look", () => {
  test("light and dark follow the system, or the reader's choice, which is remembered", async (t) => {
    const context = await newContext({ colorScheme: "dark" });
    t.after(() => context.close());
    const { page } = await open(t, "#/", { context });
    assert.equal(await scheme(page), "dark");
    const toggle = page.getByRole("button", { name: /^Colours/ });
    assert.equal(await toggle.getAttribute("aria-label"), "Colours: auto; change to light");
    await toggle.click();
    assert.equal(await scheme(page), "light");
    await page.reload();
    assert.equal(await scheme(page), "light");
    await page.getByRole("button", { name: /^Colours/ }).click();
    assert.equal(await scheme(page), "dark");
  });

  test("a chosen mode is there before anything is painted", async (t) => {
    const context = await newContext({ colorScheme: "light" });
    t.after(() => context.close());
    await context.addInitScript(() => localStorage.setItem("heartbeat:theme", "dark"));
    const prepare = (page) => page.route("**/assets/app-*.js", (route) => route.abort());
    const { page } = await open(t, "#/", { context, prepare, isScripted: false });
    assert.equal(await scheme(page), "dark");
  });

  test("has the title, links and style of the configuration", async (t) => {
    const { page } = await open(t);
    assert.equal(await page.innerText("h1"), "Acme status");
    assert.equal(
      await page.getByRole("link", { name: "Docs" }).getAttribute("href"),
      "https://example.com/docs",
    );
    assert.equal(await style(page, "#zone", "letterSpacing"), "3px");
  });

  test("the features that are switched off are not there", async (t) => {
    const off = (data) => {
      for (const name of Object.keys(data.settings.features)) data.settings.features[name] = false;
      data.settings.showToggle = false;
      delete data.uptimes;
      return { ...data, history: null };
    };
    const { page, complaints } = await open(t, "#/", { prepare: withData(off) });
    assert.deepEqual(await texts(page, "#controls > *"), ["Wall"]);
    assert.equal(await page.locator(".checked, .bars, .uptime, .segments").count(), 0);
    assert.equal(await page.locator(".service").count(), 7);
    assert.deepEqual(complaints, []);
  });

  test("times are the reader's own, in UTC on hover", async (t) => {
    const { page } = await open(t, "#/", { timezoneId: "Asia/Tokyo" });
    const time = page.locator(".checked time");
    assert.equal(await time.innerText(), "14:59");
    assert.equal(await time.getAttribute("title"), "2026-11-22 05:59:00 UTC");
    assert.equal(await page.innerText("#zone"), "Times are in Asia/Tokyo.");
  });

  test("the moments in a sentence are the reader's own too", async (t) => {
    const told = "No heartbeat since 2026-11-22 04:54:12 UTC, limit 5 min, nor at 2026-99-22 04:54:12 UTC";
    await tell(site.monitor, { states: { ...states, db: ["down", ago(60), told] } });
    const { page } = await open(t, "#/", { timezoneId: "Asia/Tokyo" });
    const sentence = page.locator(".reason").first();
    assert.equal(
      await sentence.innerText(),
      "No heartbeat since 13:54, limit 5 min, nor at 2026-99-22 04:54:12 UTC",
    );
    assert.equal(await sentence.locator("time").getAttribute("title"), "2026-11-22 04:54:12 UTC");
  });

  test("on paper there are no controls, and every row is drawn", async (t) => {
    const { page } = await open(t);
    await page.emulateMedia({ media: "print" });
    for (const selector of ["#controls", ".toolbar", ".links"]) {
      assert.equal(await page.locator(selector).first().isVisible(), false, selector);
    }
    assert.equal(await page.locator(".service").count(), 7);
    assert.equal(await page.locator("#overall").isVisible(), true);
  });

  test("the tab's title and icon show the state", async (t) => {
    const { page } = await open(t);
    assert.equal(await page.title(), "✖ 2 down · Service status");
    const icon = () => page.locator('link[rel="icon"]').getAttribute("href");
    assert.match(decodeURIComponent(await icon()), /#c81e1e/);
    await tell(site.monitor, {
      states: Object.fromEntries([...Object.keys(states), "lonely"].map((id) => [id, ["up", ago(9), null]])),
    });
    await page.getByRole("button", { name: "Refresh", exact: true }).click();
    await page.waitForFunction(() => document.title === "Service status");
    assert.match(decodeURIComponent(await icon()), /#15803d/);
  });

  test("a site's own icon stays", async (t) => {
    const prepare = (page) =>
      page.route(site.url, async (route) => {
        const response = await route.fetch();
        const body = (await response.text()).replace(
          'href="/favicon.svg"',
          'href="data:image/png;base64,AAAA"',
        );
        await route.fulfill({ response, body });
      });
    const { page } = await open(t, "#/", { prepare });
    assert.equal(await page.locator('link[rel="icon"]').getAttribute("href"), "data:image/png;base64,AAAA");
  });

  test("nothing shifts while the page loads", async (t) => {
    for (const width of [390, 1440]) {
      const prepare = (page) =>
        page.addInitScript(() => {
          globalThis.shift = 0;
          new PerformanceObserver((list) => {
            for (const { value, hadRecentInput } of list.getEntries())
              if (!hadRecentInput) globalThis.shift += value;
          }).observe({ type: "layout-shift", buffered: true });
        });
      const { page } = await open(t, "#/", { prepare, viewport: { width, height: 900 } });
      await page.evaluate(
        () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
      );
      assert.ok((await page.evaluate(() => globalThis.shift)) < 0.1); // what counts as good
    }
  });
});

describe("the wall", () => {
  test("has a tile for every service, the failing ones first, and nothing to do but to leave", async (t) => {
    const { page, complaints } = await open(t, "#/wall", { viewport: { width: 1920, height: 1080 } });
    const tiles = await texts(page, ".tile");
    assert.equal(tiles.length, 7);
    assert.match(tiles[0], /^Database Down for 1 h nothing heard for an hour$/);
    assert.equal(await page.innerText("#wall-title"), "2 of 7 services are down, 1 degraded, 1 unknown");
    assert.equal(await page.locator("button:visible, select:visible, input:visible").count(), 0);
    assert.equal(await page.locator(".top").isVisible(), false);
    const size = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.scrollHeight,
    ]);
    assert.ok(size[0] <= 1920 && size[1] <= 1080, String(size));
    await page.keyboard.press("Escape");
    await page.locator(".top").waitFor();
    assert.deepEqual(complaints, []);
  });

  test("shows all of forty services at once", async (t) => {
    const prepare = withData((data) => {
      const another = (_, i) => [`more-${i}`, `Kubernetes node ${i}`, ...data.services[0].slice(2)];
      data.services.push(...Array.from({ length: 34 }, another));
      return data;
    });
    for (const [width, height] of [
      [1920, 1080],
      [1440, 900],
      [1280, 720],
      [1080, 1920],
    ]) {
      const { page } = await open(t, "#/wall", { prepare, viewport: { width, height } });
      assert.equal((await texts(page, ".tile")).length, 41);
      const needed = await page.evaluate(() => document.documentElement.scrollHeight);
      assert.ok(needed <= height, `${needed} px of ${height}`);
    }
  });

  test("refreshes every minute by itself", async (t) => {
    const { page, requests } = await open(t, "#/wall", { prepare: (page) => page.clock.install() });
    await tell(site.monitor, { states: { ...states, web: ["down", ago(0), null] } });
    await Promise.all([
      page.waitForResponse((response) => response.url() === site.url),
      page.clock.runFor(61_000),
    ]);
    await page.locator("#wall-title", { hasText: "3 of 7" }).waitFor();
    assert.equal(requests.filter((path) => path === "/").length, 2);
  });
});

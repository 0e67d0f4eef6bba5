// Refreshing, by hand and by itself.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { ago, newContext, open, row, setHidden, site, states, tell } from "./fixture.js";

const withClock = (page) => page.clock.install();
const pages = (requests) => requests.filter((path) => path === "/").length;
const refreshed = (page, act) =>
  Promise.all([page.waitForResponse((response) => response.url() === site.url), act()]);
const button = (page) => page.getByRole("button", { name: "Refresh", exact: true });
const interval = (page) => page.getByLabel("Refresh automatically");

describe("the live page", () => {
  test("a refresh is one request, without a reload, and redraws only what changed", async (t) => {
    const { page, requests } = await open(t);
    await page.evaluate(() => {
      globalThis.isSame = true;
      globalThis.changed = new Set();
      new MutationObserver((changes) => {
        for (const { target } of changes)
          globalThis.changed.add(target.parentElement?.closest(".service")?.dataset.id);
      }).observe(document.querySelector(".overview"), {
        subtree: true,
        childList: true,
        characterData: true,
        attributes: true,
      });
    });
    const before = requests.length;
    await tell(site.monitor, { states: { ...states, db: ["up", ago(0), null] } });
    await refreshed(page, () => button(page).click());
    await row(page, "db").locator("b", { hasText: "Up" }).first().waitFor();
    assert.deepEqual(requests.slice(before), ["/"]);
    assert.equal(await page.innerText("#overall"), "1 of 7 services is down, 1 degraded, 1 unknown");
    assert.equal(await page.evaluate(() => globalThis.isSame), true);
    const changed = await page.evaluate(() => [...globalThis.changed].filter(Boolean));
    assert.deepEqual(changed, ["db"]);
  });

  test("refreshes as often as alerts are to come, unless the reader wants none of it", async (t) => {
    const { page, requests } = await open(t, "#/", { prepare: withClock });
    assert.equal(await interval(page).inputValue(), "60");
    await refreshed(page, () => page.clock.runFor(61_000));
    assert.deepEqual(
      requests.filter((path) => path.startsWith("/api/")),
      [],
      "alerts come with it",
    );
    const before = pages(requests);
    await interval(page).selectOption("by hand");
    await page.clock.runFor("10:00");
    assert.equal(pages(requests), before);
  });

  test("refreshes as often as was chosen, one request each, and remembers it", async (t) => {
    const context = await newContext();
    t.after(() => context.close());
    const { page, requests } = await open(t, "#/", { context, prepare: withClock });
    await interval(page).selectOption("1 min");
    await tell(site.monitor, { states: { ...states, db: ["up", ago(0), null] } });
    const before = requests.length;
    await refreshed(page, () => page.clock.runFor(61_000));
    await row(page, "db").locator("b", { hasText: "Up" }).first().waitFor(); // from now on it counts again
    assert.deepEqual(requests.slice(before), ["/"], "alerts come with it");
    await refreshed(page, () => page.clock.runFor(61_000));
    assert.equal(pages(requests), 3);
    const { page: next } = await open(t, "#/", { context });
    assert.equal(await interval(next).inputValue(), "60");
  });

  test("stops while the tab is hidden, and catches up when it is seen", async (t) => {
    const { page, requests } = await open(t, "#/", { prepare: withClock });
    await interval(page).selectOption("30 s");
    await setHidden(page, true);
    await page.clock.runFor("10:00");
    assert.equal(pages(requests), 1);
    await refreshed(page, () => setHidden(page, false));
    assert.equal(pages(requests), 2);
  });

  test("says when the device is offline, and what is still shown", async (t) => {
    const { page, context } = await open(t);
    await context.setOffline(true);
    await page.locator(".offline").waitFor();
    assert.match(await page.innerText(".offline"), /This device is offline; shown is how it was at 06:00/);
    assert.equal(await page.innerText("#overall"), "2 of 7 services are down, 1 degraded, 1 unknown");
    await context.setOffline(false);
    await page.locator(".offline").waitFor({ state: "detached" });
  });

  for (const [what, fulfil, sentence] of [
    ["with an error", (route) => route.fulfill({ status: 500, body: "{}" }), /answered with error 500/],
    [
      "with its own reason",
      (route) => route.fulfill({ status: 503, body: '{"error":"The store is slow"}' }),
      /The store is slow/,
    ],
    [
      "with somebody else's page",
      (route) => route.fulfill({ contentType: "text/html", body: "<h1>Sign in</h1>" }),
      /not the monitor/,
    ],
    [
      "with damaged data",
      (route) =>
        route.fulfill({
          contentType: "text/html",
          body: '<script type="application/json" id="data">{"now":</script>',
        }),
      /did not come whole/,
    ],
    ["not at all", (route) => route.abort(), /cannot be reached/],
  ]) {
    test(`says so when the monitor answers ${what}, and tries again later`, async (t) => {
      const { page } = await open(t, "#/", { prepare: withClock });
      await page.route(site.url, fulfil);
      await button(page).click();
      await page.locator(".offline").waitFor();
      assert.match(await page.innerText(".offline"), sentence);
      assert.equal(await row(page, "db").locator(".state b").innerText(), "Down");
      await page.unroute(site.url);
      await refreshed(page, () => page.clock.runFor(61_000)); // no further: its patience is the clock's too
      await page.locator(".offline").waitFor({ state: "detached" });
    });
  }

  test("an answer that does not come is given up", async (t) => {
    const { page } = await open(t);
    await page.evaluate(() => (AbortSignal.timeout = () => AbortSignal.abort()));
    await page.route(site.url, () => {});
    await button(page).click();
    assert.match(await page.locator(".offline").innerText(), /did not answer in time/);
  });

  test("changes are read out", async (t) => {
    const { page } = await open(t);
    assert.equal(await page.locator("#live").getAttribute("role"), "status");
    await tell(site.monitor, { states: { ...states, web: ["down", ago(0), null] } });
    await page.getByRole("button", { name: "Refresh", exact: true }).click();
    await page.locator("#live", { hasText: "Public API: Down" }).waitFor({ state: "attached" });
    assert.equal(
      await page.locator("#live").innerText(),
      "Public API: Down. 3 of 7 services are down, 1 degraded, 1 unknown",
    );
  });

  test("times are the server's, however wrong the reader's clock is", async (t) => {
    for (const time of ["2019-01-01T00:00:00Z", "2031-01-01T00:00:00Z"]) {
      const { page } = await open(t, "#/", { prepare: (page) => page.clock.install({ time }) });
      assert.match(await page.innerText(".checked"), /Last checked 05:59, 1 min ago/);
      assert.match(await row(page, "web").innerText(), /heard 2 min ago due in 1[56] min/);
      await page.clock.setSystemTime("2040-01-01T00:00:00Z");
      await refreshed(page, () => button(page).click());
      await page.clock.runFor(1000);
      assert.match(await page.innerText(".checked"), /Last checked 05:59, 1 min ago/);
    }
  });
});

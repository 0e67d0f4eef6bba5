// What is hostile, damaged, missing, slow or forbidden: nothing of it breaks the page or runs.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import {
  documents,
  full,
  hostile,
  kAtOnce,
  long,
  open,
  rightToLeft,
  row,
  site,
  texts,
  withData,
} from "./fixture.js";

const put = async (key, text) => (await site.monitor.kv()).put(key, text);
const remove = async (key) => (await site.monitor.kv()).delete(key);

describe("bad input", kAtOnce, () => {
  test("nothing that stands in a text runs, in any view", async (t) => {
    for (const hash of ["#/", "#/service/odd", "#/wall"]) {
      const { page, complaints } = await open(t, hash);
      if (hash === "#/") {
        await page.getByRole("button", { name: "Alerts" }).click();
        await page.locator(".alert").nth(1).waitFor();
      }
      assert.equal(await page.evaluate(() => globalThis.hurt), undefined);
      assert.equal(await page.locator("img[src=x]").count(), 0);
      assert.equal(await page.locator('a[href^="javascript:"]').count(), 0);
      assert.deepEqual(complaints, []);
    }
  });

  test("texts stay what they are: markup, quotes, emoji, right to left, 500 characters", async (t) => {
    const { page } = await open(t);
    const names = await texts(page, ".service h3");
    for (const name of [hostile, rightToLeft, "Mail 📬", long]) assert.ok(names.includes(name), name);
    assert.equal(await row(page, "odd").locator(".message").innerText(), hostile);
    assert.equal(long.length, 500);
    const direction = await row(page, "rtl").evaluate((element) => getComputedStyle(element).direction);
    assert.equal(direction, "ltr", "a name does not turn its row");
  });

  test("damaged embedded data leave the page's own list", async (t) => {
    for (const damage of [
      () => "{",
      () => "",
      () => "null",
      (data) => ({ ...data, settings: 5 }),
      (data) => ({ ...data, status: { notices: 1 } }),
    ]) {
      const { page } = await open(t, "#/", { prepare: withData(damage) });
      assert.equal(await page.locator(".plain").isVisible(), true);
      assert.match(await page.innerText(".plain"), /Database: Down/);
      assert.match(await page.getByRole("alert").innerText(), /did not come whole/);
    }
  });

  test("a page that was cut off says so, wherever that was", async (t) => {
    const whole = (await site.monitor.get("/")).body;
    for (const end of [
      'id="controls"',
      "<main",
      '<div class="cards"',
      "What fails",
      '<script type="application/json"',
      '"settings"',
    ]) {
      const body = whole.slice(0, whole.indexOf(end) + end.length);
      const prepare = (page) =>
        page.route(site.url, (route) => route.fulfill({ contentType: "text/html", body }));
      const { page, complaints } = await open(t, "#/", { prepare });
      assert.match(await page.getByRole("alert").innerText(), /did not come whole/, end);
      assert.deepEqual(complaints, [], end);
      await page.unroute(site.url);
      await page.getByRole("button", { name: "Load it again" }).click();
      await row(page, "db").waitFor();
    }
  });

  test("a store that cannot be read is said, and it is tried again", async (t) => {
    const change = (data) => ({ ...data, status: null, history: null });
    const { page, complaints } = await open(t, "#/", { prepare: withData(change) });
    assert.equal(await page.innerText("#overall"), "The monitor’s storage cannot be read right now");
    assert.equal(await page.locator(".card").count(), 0);
    assert.deepEqual(complaints, []);
    await page.unroute(site.url);
    await page.getByRole("button", { name: "Refresh", exact: true }).click();
    await page.locator("#overall", { hasText: "2 of 7" }).waitFor();
  });

  for (const [what, fulfil, sentence] of [
    [
      "403",
      (route) => route.fulfill({ status: 403, json: { error: "/api/logs is disabled" } }),
      /switched off/,
    ],
    ["500", (route) => route.fulfill({ status: 500, body: "<b>oops</b>" }), /error 500/],
    ["with something else", (route) => route.fulfill({ body: "<html>" }), /could not be understood/],
    ["not at all", (route) => route.abort(), /cannot be reached/],
  ]) {
    test(`a service's view when the API answers ${what}`, async (t) => {
      const { page } = await open(t, "#/service/db", { prepare: (page) => page.route("**/api/**", fulfil) });
      await page.locator(".problem").nth(1).waitFor();
      assert.deepEqual(
        (await texts(page, ".problem")).map((text) => sentence.test(text)),
        [true, true],
      );
      assert.equal(await page.locator(".uptimes dd").count(), 5);
      assert.equal(await page.innerText(".why"), "nothing heard for an hour");
    });
  }

  test("a slow API leaves the page usable meanwhile", async (t) => {
    const waiting = [];
    const prepare = (page) => page.route("**/api/**", (route) => void waiting.push(route));
    const { page } = await open(t, "#/service/db", { prepare });
    assert.match(await page.innerText("#incidents ~ p"), /Loading/);
    await page.getByRole("link", { name: "All services" }).click();
    assert.equal(await row(page, "db").isVisible(), true);
    for (const route of waiting) await route.continue().catch(() => {});
  });

  test("switched off parts are said without being asked for", async (t) => {
    const change = (data) => {
      data.settings.api = {
        enableUptimeEndpoint: false,
        enableLogsEndpoint: false,
        enableExportEndpoint: false,
        enableAlertHistoryEndpoint: false,
      };
      return data;
    };
    const { page, requests } = await open(t, "#/service/db", { prepare: withData(change) });
    assert.match(await page.innerText(".own"), /switched off in the monitor’s settings/);
    assert.equal(await page.getByRole("button", { name: "Export" }).count(), 0);
    assert.equal(await page.getByRole("button", { name: "Alerts" }).count(), 0);
    assert.deepEqual(
      requests.filter((path) => path.startsWith("/api/")),
      [],
    );
  });

  test("blocked storage changes nothing but what is remembered", async (t) => {
    const prepare = (page) =>
      page.addInitScript(() => {
        for (const name of ["localStorage", "indexedDB"]) {
          Object.defineProperty(globalThis, name, {
            get() {
              throw new DOMException("blocked", "SecurityError");
            },
          });
        }
      });
    const { page, complaints } = await open(t, "#/", { prepare });
    await page.getByRole("button", { name: /^Production/ }).click();
    await page.getByRole("button", { name: /^Colours/ }).click();
    await page.getByLabel("Refresh automatically").selectOption("1 min");
    assert.equal(await row(page, "db").count(), 0);
    assert.deepEqual(complaints, []);
  });

  test("what others wrote into the storage is passed over", async (t) => {
    const prepare = (page) =>
      page.addInitScript(() => {
        for (const name of ["collapsed", "theme", "refresh-seconds", "notifications"])
          localStorage.setItem(`heartbeat:${name}`, '{"x":[');
      });
    const { page, complaints } = await open(t, "#/", { prepare });
    assert.equal(await page.locator(".service").count(), 7);
    assert.equal(await page.getByLabel("Refresh automatically").inputValue(), "60");
    assert.deepEqual(complaints, []);
  });

  test("addresses that make no sense show the list", async (t) => {
    for (const hash of [
      "#nonsense",
      "#/service/",
      "#/%%%",
      "#/?days=-5&status=purple&sort=x&group=none&q=",
      "#/service/%E0%A4%A",
    ]) {
      const { page, complaints } = await open(t, hash);
      assert.equal(await page.locator("#main").isVisible(), true, hash);
      assert.ok((await page.innerText("#main")).length > 0, hash);
      assert.deepEqual(complaints, [], hash);
    }
  });
});

describe("bad documents", () => {
  for (const [what, damage, sentence] of [
    [
      "no documents at all",
      () => Promise.all(Object.keys(documents()).map(remove)),
      "Waiting for the first check",
    ],
    ["no heartbeats", () => remove("monitor:latest"), "2 of 7 services are down, 1 degraded, 1 unknown"],
    [
      "a cut document of the check",
      () => put("monitor:data", JSON.stringify(documents()["monitor:data"]).slice(0, 300)),
      undefined,
    ],
    [
      "a document of the check that is no JSON",
      () => put("monitor:data", "<html>"),
      "Waiting for the first check",
    ],
    [
      "alerts that are no JSON",
      () => put("recent:alerts", '[{"id":'),
      "2 of 7 services are down, 1 degraded, 1 unknown",
    ],
    [
      "alerts that are no alerts",
      () => put("recent:alerts", '[1,null,{"id":2},{"id":"x","timestamp":"never"}]'),
      "2 of 7 services are down, 1 degraded, 1 unknown",
    ],
    [
      "bad cells",
      () =>
        put(
          "monitor:data",
          JSON.stringify(
            documents({ cells: { web: "!!!!", db: full.repeat(500), mail: 7 } })["monitor:data"],
          ),
        ),
      "2 of 7 services are down, 1 degraded, 1 unknown",
    ],
  ]) {
    test(`${what}: the page opens and says what it knows`, async (t) => {
      await damage();
      const { page, complaints } = await open(t);
      if (sentence) assert.equal(await page.innerText("#overall"), sentence);
      assert.ok((await page.innerText("#overall")).length > 0);
      assert.equal(await page.locator(".plain").count(), 0, "the script has taken over");
      assert.deepEqual(complaints, []);
    });
  }

  test("before anything was heard it says how to send a heartbeat", async (t) => {
    await Promise.all(Object.keys(documents()).map(remove));
    const { page } = await open(t, "#/", { viewport: { width: 320, height: 700 } });
    assert.equal(await page.innerText("#first-heartbeat"), "Send the first heartbeat");
    assert.ok((await page.innerText("#snippet code")).includes(`${new URL(site.url).origin}/api/heartbeat/`));
  });
});

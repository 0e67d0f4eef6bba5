// Alerts: their history, and how new ones are told.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { ago, alerts, hostile, kAtOnce, newContext, open, setHidden, site, tell, texts } from "./fixture.js";

const withClock = (page) => page.clock.install();
const fresh = (id, more) => ({
  id,
  title: `Alert ${id}`,
  message: "new",
  severity: "critical",
  source: "test",
  status: "",
  timestamp: ago(0),
  ...more,
});
const telling = (...more) => tell(site.monitor, { alerts: [...more, ...alerts] });
// In all tabs of a context, which share its clock: where it ran twice as long, it would end what is under way.
const poll = (...pages) =>
  Promise.all([
    ...pages.map((page) => page.waitForResponse((response) => response.url() === site.url)),
    pages[0].clock.runFor(61_000),
  ]);
const toasts = (page) => texts(page, ".toast h3");
const settle = (page) => page.clock.runFor(100);

// What is under way is told by then.
const told = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const request = indexedDB.open("heartbeat");
        request.onerror = reject;
        request.onsuccess = () => {
          const transaction = request.result.transaction("alerts", "readwrite");
          transaction.objectStore("alerts").get("told");
          transaction.oncomplete = resolve;
        };
      }),
  );

// Notifications of the browser are written down in place of being shown.
function withNotifications(page) {
  return page.addInitScript(() => {
    globalThis.told = [];
    globalThis.asked = 0;
    globalThis.Notification = class {
      static permission = localStorage.getItem("test-permission") ?? "default";
      static async requestPermission() {
        globalThis.asked += 1;
        return (Notification.permission = "granted");
      }
      constructor(title) {
        globalThis.told.push(title);
      }
    };
  });
}

describe("the history of alerts", kAtOnce, () => {
  const openDrawer = async (t, options) => {
    const opened = await open(t, "#/", options);
    await Promise.all([
      opened.page.waitForResponse(/alerts\/recent/),
      opened.page.getByRole("button", { name: "Alerts" }).click(),
    ]);
    await opened.page.locator(".alert").first().waitFor();
    return opened;
  };

  test("is all that is kept, newest first", async (t) => {
    const { page } = await openDrawer(t);
    await page.locator(".alert").nth(3).waitFor();
    assert.deepEqual(await texts(page, ".alert h3"), [
      "Database is down",
      hostile,
      "Disk is full",
      "Release 7 is live",
    ]);
    assert.match(
      await page.locator(".alert").first().innerText(),
      /nothing heard\s+Critical · Database · monitor/,
    );
  });

  test("is searched in titles, messages, services and labels, and filtered by severity and source", async (t) => {
    const { page } = await openDrawer(t);
    const dialog = page.getByRole("dialog");
    const input = dialog.getByRole("searchbox");
    for (const [text, found] of [
      ["disk", ["Disk is full"]],
      ["storage", ["Disk is full"]],
      ["heard", ["Database is down"]],
      ["zzz", []],
    ]) {
      await input.fill(text);
      assert.deepEqual(await texts(page, ".alert h3"), found, text);
    }
    assert.match(await dialog.innerText(), /No alert is like that/);
    await input.fill("");
    await dialog.getByLabel("Severity").selectOption("Warning");
    assert.deepEqual(await texts(page, ".alert h3"), [hostile, "Disk is full"]);
    await dialog.getByLabel("Source").selectOption("grafana");
    assert.deepEqual(await texts(page, ".alert h3"), ["Disk is full"]);
  });

  test("links only to https, and to services that there are", async (t) => {
    const { page } = await openDrawer(t);
    await page.locator(".alert").nth(3).waitFor();
    assert.deepEqual(
      await page.locator(".alert a").evaluateAll((all) => all.map((link) => link.getAttribute("href"))),
      ["#/service/db", "https://example.com/d"],
    );
  });

  test("keeps the focus, and gives it back", async (t) => {
    const { page } = await openDrawer(t);
    for (let i = 0; i < 15; i++) {
      await page.keyboard.press("Tab");
      const isInside = await page.evaluate(
        () => document.activeElement === document.body || document.activeElement.closest("dialog") !== null,
      );
      assert.ok(isInside);
    }
    await page.keyboard.press("Escape");
    assert.equal(await page.getByRole("dialog").count(), 0);
    assert.equal(await page.evaluate(() => document.activeElement.innerText), "Alerts");
  });

  test("shows what the page knows when the monitor does not answer", async (t) => {
    const prepare = (page) =>
      page.route("**/api/alerts/recent**", (route) => route.fulfill({ status: 500, body: "" }));
    const { page } = await openDrawer(t, { prepare });
    assert.match(
      await page.getByRole("dialog").innerText(),
      /error 500; shown is what the page itself knows/,
    );
    assert.deepEqual(await texts(page, ".alert h3"), ["Database is down", hostile]);
  });
});

describe("new alerts", () => {
  test("those of a first visit are history", async (t) => {
    const { page } = await open(t);
    assert.deepEqual(await toasts(page), []);
  });

  test("are told once, by severity", async (t) => {
    const { page } = await open(t, "#/", { prepare: withClock });
    await telling(fresh("a"), fresh("b", { severity: "info" }));
    await poll(page);
    await page.locator(".toast").waitFor();
    assert.deepEqual(await toasts(page), ["Alert a"]);
    await page.getByRole("button", { name: "Close: Alert a" }).click();
    await poll(page);
    await settle(page);
    assert.deepEqual(await toasts(page), []);
    await page.reload();
    await settle(page);
    assert.deepEqual(await toasts(page), []);
  });

  test("are told by one of two tabs", async (t) => {
    const context = await newContext();
    t.after(() => context.close());
    const { page: one } = await open(t, "#/", { context, prepare: withClock });
    const { page: other } = await open(t, "#/", { context, prepare: withClock });
    await telling(fresh("c"));
    await poll(one, other);
    await Promise.any([one, other].map((page) => page.locator(".toast").waitFor()));
    await poll(one, other);
    for (const page of [one, other]) await told(page);
    assert.equal((await toasts(one)).length + (await toasts(other)).length, 1);
  });

  test("many after a pause are told as one", async (t) => {
    const context = await newContext();
    t.after(() => context.close());
    const { page } = await open(t, "#/", { context });
    await told(page);
    await page.close();
    await telling(...Array.from({ length: 30 }, (_, i) => fresh(`p${i}`)));
    const { page: later } = await open(t, "#/", { context });
    await later.locator(".toast").waitFor();
    assert.deepEqual(await toasts(later), ["30 alerts"]);
    assert.match(await later.innerText(".toast"), /Alert p0, Alert p1, Alert p2 and 27 more/);
  });

  test("come with a refresh, without a request of their own", async (t) => {
    const { page, requests } = await open(t, "#/", { prepare: withClock });
    await page.getByLabel("Refresh automatically").selectOption("30 s");
    await telling(fresh("d"));
    for (let i = 0; i < 4; i++) {
      await Promise.all([
        page.waitForResponse((response) => response.url() === site.url),
        page.clock.runFor(31_000),
      ]);
      await page.locator('button[aria-busy="false"]').waitFor(); // from now on it counts again
    }
    assert.deepEqual(await toasts(page), ["Alert d"]);
    assert.ok(!requests.includes("/api/alerts/recent"));
  });

  test("a click leads to the service", async (t) => {
    const { page } = await open(t, "#/", { prepare: withClock });
    await telling(fresh("e", { serviceId: "web" }));
    await poll(page);
    await page.getByRole("button", { name: "Alert e", exact: true }).click();
    assert.equal(new URL(page.url()).hash, "#/service/web");
  });

  test("a mild one goes by itself, a critical one stays", async (t) => {
    const { page } = await open(t, "#/", { prepare: withClock });
    await telling(fresh("f", { severity: "warning" }), fresh("g"));
    await poll(page);
    await page.locator(".toast").nth(1).waitFor();
    await page.clock.runFor(11_000);
    assert.deepEqual(await toasts(page), ["Alert g"]);
  });

  test("permission to notify is asked for only on a click, and used in a hidden tab", async (t) => {
    const prepare = async (page) => {
      await withNotifications(page);
      await withClock(page);
    };
    const { page } = await open(t, "#/", { prepare });
    await poll(page);
    assert.equal(await page.evaluate(() => globalThis.asked), 0);
    await page.getByRole("button", { name: "Alerts" }).click();
    await page.getByRole("button", { name: "Notify me when this tab is hidden" }).click();
    assert.equal(await page.evaluate(() => globalThis.asked), 1);
    await page.getByRole("button", { name: "Browser notifications are on" }).waitFor();
    await page.keyboard.press("Escape");
    await setHidden(page, true);
    await telling(fresh("h"));
    await poll(page);
    await page.waitForFunction(() => globalThis.told.length > 0);
    assert.deepEqual(await page.evaluate(() => globalThis.told), ["Alert h"]);
    assert.deepEqual(await toasts(page), []);
  });

  test("a hidden tab that may not notify asks nothing", async (t) => {
    const { page, requests } = await open(t, "#/", { prepare: withClock });
    await setHidden(page, true);
    await page.clock.runFor("10:00");
    assert.deepEqual(
      requests.filter((path) => path === "/" || path.startsWith("/api/")),
      ["/"],
    );
  });
});

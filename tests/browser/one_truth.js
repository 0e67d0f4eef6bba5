// All of the page is a view of one dated snapshot: no panel contradicts another, and what is old is not green.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { changesRows } from "../../scripts/demo/documents.mjs";
import {
  ago,
  alerts,
  byHand,
  kKey,
  latest,
  open,
  remember,
  row,
  site,
  states,
  tell,
  texts,
  withData,
} from "./fixture.js";

const ms = (minutes) => Date.parse(ago(minutes));
const withClock = (page) => page.clock.install();
const isPage = (response) => response.url() === site.url;
const next = (page) => Promise.all([page.waitForResponse(isPage), page.clock.runFor(61_000)]);
const online = (page) => page.evaluate(() => dispatchEvent(new Event("online"))); // then it tries at once
const allUp = () =>
  Object.fromEntries([...Object.keys(states), "lonely"].map((id) => [id, ["up", ago(200), null]]));
const fresh = (more) => ({
  id: "fresh",
  title: "Cache is down",
  message: "",
  severity: "critical",
  source: "monitor",
  status: "",
  timestamp: ago(0),
  ...more,
});

describe("one age on one screen", () => {
  test("an alert comes with the states that it is about", async (t) => {
    await tell(site.monitor, { states: allUp() });
    const { page, requests } = await open(t, "#/", { prepare: withClock });
    await tell(site.monitor, {
      states: { ...allUp(), web: ["down", ago(1), null] },
      alerts: [fresh({ serviceId: "web", status: "down", timestamp: ago(1) }), ...alerts],
    });
    await next(page);
    await page.locator(".toast").waitFor();
    assert.equal(await page.innerText("#overall"), "1 of 7 services is down");
    assert.deepEqual(
      requests.filter((path) => path.startsWith("/api/")),
      [],
    );
  });

  test("an alert of a change waits for the states that have it, one from outside does not", async (t) => {
    const { page } = await open(t, "#/", { prepare: withClock });
    const early = fresh({ serviceId: "web", status: "down", timestamp: ago(0.5) }); // the check was a minute ago
    const outside = fresh({ id: "outside", title: "Disk is full", timestamp: ago(0.5) });
    await tell(site.monitor, { alerts: [early, outside, ...alerts] });
    await next(page);
    await page.locator(".toast").waitFor();
    assert.deepEqual(await texts(page, ".toast h3"), ["Disk is full"]);
    await tell(site.monitor, {
      timestamp: ago(0),
      states: { ...states, web: ["down", ago(0.5), null] },
      alerts: [early, outside, ...alerts],
    });
    await next(page);
    await page.locator(".toast").nth(1).waitFor();
    assert.match(await page.innerText("#overall"), /^3 of 7/);
  });

  test("the head, the incidents and the log of a service go with the same snapshot", async (t) => {
    await remember(site.monitor, changesRows({ web: [[ms(50), "down", "no beat"]] }));
    await tell(site.monitor, { states: { ...states, web: ["down", ago(50), "no beat"] } });
    const { page, requests } = await open(t, "#/service/web", { prepare: withClock });
    const rows = () => texts(page, "#incidents ~ .scroll tbody tr");
    await page.locator("#incidents ~ .scroll").waitFor();
    assert.match((await rows())[0], /^Down 05:10 still 50 min no beat/);
    const logs = () => requests.filter((path) => path === "/api/logs").length;
    const before = logs();
    await remember(
      site.monitor,
      changesRows({
        web: [
          [ms(50), "down", "no beat"],
          [ms(2), "up", ""],
        ],
      }),
    );
    await tell(site.monitor, { states: { ...states, web: ["up", ago(2), null] } });
    await next(page);
    await page.locator(".own .state-word", { hasText: "Up" }).waitFor();
    assert.match((await rows())[0], /^Down 05:10 05:58 48 min no beat/);
    assert.equal(logs(), before + 1);
  });

  test("a service was heard when its log says so, though what is published is older", async (t) => {
    await site.monitor.post("/api/heartbeat/mail", { message: "fresh" }, { key: kKey });
    await tell(site.monitor, { latest: { ...latest, mail: ago(4) } });
    const { page } = await open(t, "#/service/mail");
    await page.locator("#log ~ .scroll").waitFor();
    await page.locator(".own .overall .heartbeat", { hasText: /heard \d+ s ago/ }).waitFor();
    assert.match(await page.innerText(".own .overall .heartbeat"), /due in/);
  });

  test("what the collector knows before the page does waits for the page", async (t) => {
    await remember(
      site.monitor,
      changesRows({
        web: [
          [ms(90), "down", "then"],
          [ms(80), "up", ""],
          [ms(0.5), "down", "early"],
        ],
      }),
    );
    const { page } = await open(t, "#/service/web");
    await page.locator("#incidents ~ .scroll").waitFor();
    assert.deepEqual(await texts(page, "#incidents ~ .scroll tbody tr"), ["Down 04:30 04:40 10 min then"]);
    assert.match(await page.innerText(".own .checked"), /^Up since/);
  });

  test("an open drawer shows the alerts of each snapshot, and toasts are seen above it", async (t) => {
    const { page } = await open(t, "#/", { prepare: withClock });
    await page.getByRole("button", { name: "Alerts" }).click();
    await page.locator(".alert").nth(3).waitFor();
    await tell(site.monitor, { alerts: [fresh(), ...alerts] });
    await next(page);
    const toast = page.locator(".toast");
    await toast.waitFor();
    assert.equal((await texts(page, ".alert h3"))[0], "Cache is down");
    const isOnTop = await toast.evaluate((element) => {
      const { left, top } = element.getBoundingClientRect();
      return element.contains(document.elementFromPoint(left + 20, top + 20));
    });
    assert.ok(isOnTop);
    await page.getByRole("button", { name: "Close: Cache is down" }).click();
    assert.equal(await toast.count(), 0);
  });

  test("an outage while every panel is open is said once, and nothing of it stays", async (t) => {
    const { page } = await open(t, "#/service/db", { prepare: withClock });
    await page.locator("#log ~ *").first().waitFor();
    await page.getByRole("button", { name: "Alerts" }).click();
    await page.locator(".alert").nth(3).waitFor();
    await page.route("**/*", (route) => route.abort());
    await page.clock.runFor(61_000);
    await page.getByRole("dialog").locator(".offline").waitFor();
    assert.match(
      await page.getByRole("dialog").innerText(),
      /cannot be reached; shown is how it was at 06:00/,
    );
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(".problem").count(), 0);
    assert.equal(await page.locator(".offline:visible").count(), 1);

    await page.goto(`${site.url}#/service/web`); // its panels are not there yet
    await page.locator(".problem").nth(1).waitFor();
    await page.unroute("**/*");
    await online(page);
    await page.locator(".offline").first().waitFor({ state: "detached" });
    await page.locator(".problem").first().waitFor({ state: "detached" });
    assert.doesNotMatch(await page.innerText("body"), /cannot be reached/);
  });

  test("a refresh between two clicks takes nothing away from under them", async (t) => {
    const { page } = await open(t, "#/", { prepare: byHand });
    await page.getByRole("button", { name: /^Production/ }).click(); // folds it
    await page.getByRole("searchbox").fill("a");
    await row(page, "lonely").getByRole("link").focus();
    await tell(site.monitor, { states: { ...states, lonely: ["down", ago(0.2), "quiet"] } });
    await Promise.all([
      page.waitForResponse(isPage),
      page.getByRole("button", { name: "Refresh", exact: true }).dispatchEvent("click"),
    ]);
    await row(page, "lonely").locator("b", { hasText: "Down" }).waitFor();
    assert.equal(await page.getByRole("searchbox").inputValue(), "a");
    await page.keyboard.press("Enter"); // still on the link
    await page.locator("#own-title", { hasText: "Backup" }).waitFor();
    await page.goBack();
    await page.getByRole("searchbox").fill("");
    assert.equal(await row(page, "db").count(), 0, "it is still folded");
  });

  test("an answer that was cut off changes nothing, and is called that", async (t) => {
    const { page } = await open(t);
    const whole = (await site.monitor.get("/")).body;
    await page.route(site.url, (route) =>
      route.fulfill({ contentType: "text/html", body: whole.slice(0, whole.length / 2) }),
    );
    await page.getByRole("button", { name: "Refresh", exact: true }).click();
    await page.locator(".offline").waitFor();
    assert.match(await page.innerText(".offline"), /did not come whole; shown is how it was at 06:00/);
    assert.equal(await page.locator(".service").count(), 7);
  });
});

describe("no stale green", () => {
  const green = /21, 128, 61|15803d/;
  const colors = (page, selector) =>
    page.locator(selector).evaluateAll((all) => all.map((each) => getComputedStyle(each).fill));
  const icon = async (page) =>
    decodeURIComponent(await page.locator('link[rel="icon"]').getAttribute("href"));

  for (const [hash, heading, prefix] of [
    ["#/", "#overall", ""],
    ["#/wall", "#wall-title", "Wall · "],
  ]) {
    test(`after 33 minutes without contact ${hash} is grey and says so in large`, async (t) => {
      await tell(site.monitor, { states: allUp() });
      const { page } = await open(t, hash, { prepare: withClock });
      assert.equal(await page.innerText(heading), "All 7 services are up");
      assert.match((await colors(page, ".overall > .shape, .service > .shape, .tile .shape"))[0], green);
      assert.match(await icon(page), green);
      await page.route("**/*", (route) => route.abort());
      await page.clock.runFor("00:02:50");
      assert.equal(await page.innerText(heading), "All 7 services are up", "two refreshes may fail");
      await page.clock.runFor("00:00:20");
      await page.locator(heading, { hasText: "old" }).waitFor();
      await page.clock.runFor("00:29:00");
      await page.locator(heading, { hasText: "33 min old: all 7 services were up" }).waitFor();
      const shapes = await colors(page, ".overall > .shape, .service > .shape, .tile .shape");
      assert.ok(shapes.length > 7);
      for (const color of shapes) assert.doesNotMatch(color, green);
      assert.equal(await page.title(), `? 33 min old · ${prefix}Service status`);
      assert.doesNotMatch(await icon(page), green);
      const [age, rest] = await page
        .locator(heading)
        .evaluate((element) =>
          [element.firstElementChild, element].map((each) => getComputedStyle(each).fontSize),
        );
      assert.ok(parseFloat(age) > parseFloat(rest));
      await page.unroute("**/*");
      await online(page);
      await page.locator(heading, { hasText: "All 7 services are up" }).waitFor();
    });
  }

  test("a page that is old when it comes is grey, with and without JavaScript", async (t) => {
    await tell(site.monitor, { timestamp: ago(33), states: allUp() });
    for (const javaScriptEnabled of [true, false]) {
      const { page } = await open(t, "#/", { javaScriptEnabled });
      assert.equal(await page.innerText("#overall"), "33 min old: all 7 services were up");
      for (const color of await colors(page, ".overall > .shape, .plain .shape, .service > .shape")) {
        assert.doesNotMatch(color, green);
      }
    }
  });

  test("what was loaded before the store could not be read any more is grey", async (t) => {
    await tell(site.monitor, { states: allUp() });
    const { page } = await open(t);
    await withData((data) => ({ ...data, status: null, history: null }))(page);
    await page.getByRole("button", { name: "Refresh", exact: true }).click();
    await page.locator("#overall", { hasText: "cannot be read" }).waitFor();
    for (const color of await colors(page, ".service > .shape")) assert.doesNotMatch(color, green);
  });

  test("a service's own view says how old it is", async (t) => {
    await tell(site.monitor, { timestamp: ago(33), states: allUp() });
    const { page } = await open(t, "#/service/web");
    assert.match(await page.innerText(".own .checked"), /^33 min old: Up since/);
    assert.match(await page.innerText(".own .heartbeat"), /as of 05:27/);
  });

  test("a hidden tab grows grey as well", async (t) => {
    await tell(site.monitor, { states: allUp() });
    const { page } = await open(t, "#/", { prepare: withClock });
    await page.evaluate(() => {
      Object.defineProperty(document, "visibilityState", { configurable: true, get: () => "hidden" });
    });
    await page.clock.runFor("00:20:00");
    await page.waitForFunction(() => document.title.startsWith("? 2"));
    assert.doesNotMatch(await icon(page), green);
  });
});

describe("a monitor that publishes seldom", () => {
  const slowly = (data) => ({
    ...data,
    status: { ...data.status, staleAfterSeconds: 1800, notices: [] },
  });

  test("is not old, and its services not late, before it says so", async (t) => {
    await tell(site.monitor, { timestamp: ago(15), states: allUp(), latest: { web: ago(16) } });
    const prepare = async (page) => {
      await byHand(page);
      await withClock(page);
      await withData(slowly)(page);
    };
    const { page } = await open(t, "#/", { prepare });
    await page.clock.runFor("00:14:50");
    assert.equal(await page.innerText("#overall"), "All 7 services are up");
    assert.match(await row(page, "web").innerText(), /due in/);
    await page.clock.runFor("00:00:20");
    await page.locator("#overall", { hasText: "30 min old" }).waitFor();
  });
});

describe("what is new and bad stands first", () => {
  const many = (data) => {
    const template = data.services[0];
    data.services = Array.from({ length: 45 }, (_, i) => [
      `s${i}`,
      `Service ${i}`,
      i % 2,
      i < 34 ? (i % 3 ? "down" : "degraded") : "up",
      (i + 1) * 60_000,
      60_000,
      template[6],
    ]);
    return data;
  };

  test("the newest of what is down, then of what is degraded; and more is a filter", async (t) => {
    const { page } = await open(t, "#/", { prepare: withData(many) });
    const failing = await texts(page, ".failing li");
    assert.deepEqual(
      failing.map((text) => text.split(" ")[1]),
      ["1", "2", "4", "5", "7", "8", "28"],
    );
    await page.getByRole("button", { name: "and 28 more" }).click();
    assert.equal(new URL(page.url()).hash, "#/?status=failing");
    await page.waitForFunction(() => document.querySelectorAll(".service").length === 34);
    assert.equal(await page.getByLabel("State", { exact: true }).inputValue(), "failing");
  });

  test("a flat list has all in one order, beside groups", async (t) => {
    const { page } = await open(t, "#/", { prepare: withData(many) });
    await page.getByRole("button", { name: "Flat list" }).click();
    assert.equal(new URL(page.url()).hash, "#/?list=flat");
    assert.equal(await page.locator(".group").count(), 1);
    assert.deepEqual((await texts(page, ".service h3")).slice(0, 3), ["Service 1", "Service 2", "Service 4"]);
  });

  test("what changed since the last visit, tonight or within a day is a filter", async (t) => {
    const change = (data) => {
      const ages = { web: 30, db: 600, mail: 1000, odd: 1500, rtl: 5000, long: 9000 };
      for (const service of data.services) service[4] = ages[service[0]] ? ages[service[0]] * 60_000 : null;
      return data;
    };
    const prepare = async (page) => {
      await page.addInitScript(
        ([before, now]) => localStorage.setItem("heartbeat:visits", JSON.stringify({ before, now })),
        [ms(9999), ms(700)],
      );
      await withData(change)(page);
    };
    for (const [filter, found] of [
      ["visit", ["web", "db"]],
      ["tonight", ["web", "db"]], // since 18:00, twelve hours ago
      ["day", ["web", "db", "mail"]],
      ["nonsense", ["web", "db", "mail", "odd", "rtl", "long", "lonely"]],
    ]) {
      const { page } = await open(t, `#/?changed=${filter}`, { prepare });
      const ids = await page.locator(".service").evaluateAll((all) => all.map(({ dataset }) => dataset.id));
      assert.deepEqual(ids.sort(), [...found].sort(), filter);
    }
    const { page } = await open(t, "#/", { prepare });
    await page.getByLabel("Changes").selectOption("visit");
    assert.match(await page.getByLabel("Changes").innerText(), /since my visit at 21 Nov, 18:20/);
  });

  test("a first visit has no last one", async (t) => {
    const { page } = await open(t);
    assert.deepEqual(
      await page
        .getByLabel("Changes")
        .locator("option")
        .evaluateAll((all) => all.map(({ value }) => value)),
      ["", "tonight", "day"],
    );
  });
});

describe("the countdown", () => {
  test("of healthy services never reaches its end before the next record is published", async (t) => {
    // As the collector publishes: at most every five minutes, what beats every two minutes with a threshold of five.
    const ages = (data) => {
      for (const service of data.services) [service[3], service[5], service[6]] = ["up", 119_000, 300_000];
      return data;
    };
    const prepare = async (page) => {
      await byHand(page);
      await withClock(page);
      await withData(ages)(page);
    };
    const { page } = await open(t, "#/", { prepare });
    await page.clock.runFor("00:06:00"); // a record, and a minute for the check
    const counted = await texts(page, ".service .due");
    assert.equal(counted.length, 7);
    for (const text of counted) assert.match(text, /^due in/);
  });
});

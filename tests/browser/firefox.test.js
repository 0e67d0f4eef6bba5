// The main paths through the page in Firefox, as Debian has it.

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";

import { firefox } from "../../scripts/lib/browser.mjs";
import { startMonitor } from "../worker/harness.js";
import { startFirefox } from "./bidi.js";
import { ago, config, kKey, states, tell } from "./fixture.js";

describe("in Firefox", () => {
  let browser;
  let monitor;
  let url;
  let page;

  before(async () => {
    browser = await startFirefox(firefox());
    monitor = await startMonitor({ config, secrets: { API_KEYS: JSON.stringify({ "*": kKey }) } });
    url = await monitor.url();
  });
  beforeEach(async () => {
    await tell(monitor);
    page = await browser.newPage();
    await page.goto(`${url}#/`);
    await page.find(".service h3", "Backup"); // the last one
  });
  after(async () => {
    await browser?.close();
    await monitor?.close();
  });

  test("the overview says how everything is, and is searched and filtered", async () => {
    assert.equal(await page.find("#overall"), "2 of 7 services are down, 1 degraded, 1 unknown");
    await page.press("/");
    await page.type("datab");
    await page.find(".shown", "1 of 7 shown");
    assert.equal(await page.find(".service h3"), "Database");
    await page.press("Escape");
    await page.click(".card.down");
    await page.find(".shown", "2 of 7 shown");
    assert.equal(await page.evaluate(() => location.hash), "#/?status=down");
  });

  test("a refresh brings what is new", async () => {
    await tell(monitor, { states: { ...states, web: ["down", ago(0), null] } });
    await page.click(".controls button", "Refresh");
    await page.find("#overall", "3 of 7 services are down");
  });

  test("a service's own view has its uptime, charts, calendar, incidents and log", async () => {
    await page.click(".service h3 a", "Database");
    await page.find("#own-title", "Database");
    await page.find(".chart path");
    await page.find(".calendar path");
    await page.find("#incidents ~ .scroll", "Down");
    await page.find("#log ~ *", "None in the log");
    assert.equal(await page.find(".uptimes dd"), "83.33 %");
    await page.click(".back a", "All services");
    await page.find(".service");
  });

  test("the alerts open in a dialog that Escape closes", async () => {
    await page.click(".controls button", "Alerts");
    await page.find("dialog .alert", "Release 7 is live");
    await page.press("Escape");
    await page.click(".service h3 a", "Database"); // which a dialog would be in front of
    await page.find("#own-title", "Database");
  });

  test("a day of the bars tells about itself by the arrow keys", async () => {
    await page.evaluate(() => document.querySelector('[aria-label="Daily uptime of Database"]').focus());
    await page.press("ArrowLeft");
    await page.find(".tip", "50 %");
  });

  test("two services are compared", async () => {
    await page.goto(`${url}#/compare?a=db&b=web`);
    await page.find(".pair section:last-child .chart path");
  });

  test("the wall shows every tile, and is left", async () => {
    await page.click(".controls a", "Wall");
    await page.find(".tile", "Backup");
    await page.press("Escape");
    await page.find(".service");
  });

  test("when the monitor cannot be reached the page says so, and recovers", async () => {
    await page.evaluate(() => {
      const { fetch } = globalThis;
      globalThis.fetch = () => ((globalThis.fetch = fetch), Promise.reject(new TypeError("unreachable")));
    });
    await page.click(".controls button", "Refresh");
    await page.find(".offline", "cannot be reached");
    await page.click(".offline button");
    await page.evaluate(async () => {
      while (document.querySelector(".offline")) await new Promise(requestAnimationFrame);
    });
  });
});

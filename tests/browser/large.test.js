// Many services: what is drawn and asked for is what is seen.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { chromium } from "playwright-core";

import { browser as chromiumPath } from "../../scripts/lib/browser.mjs";
import { startMonitor } from "../worker/harness.js";
import { ago, full } from "./fixture.js";

const kDays = 120;

function large(count) {
  const ids = Array.from({ length: count }, (_, i) => `s${i}`);
  const groups = Array.from({ length: 20 }, (_, g) => ({
    id: `g${g}`,
    name: `Group ${g}`,
    services: ids.filter((_, i) => i % 20 === g),
  }));
  return {
    ids,
    config: { services: { groups, services: ids.map((id) => ({ id, name: `Service ${id}` })) } },
  };
}

async function seed(monitor, ids) {
  const kv = await monitor.kv();
  const each = (value) => Object.fromEntries(ids.map((id, i) => [id, value(i)]));
  const uptime = { lastDay: "2026-11-22", days: kDays, cells: each(() => full.repeat(kDays)) };
  const states = each((i) => [i === ids.length - 1 ? "down" : "up", ago(60), null]);
  const data = {
    version: 1,
    revision: 1,
    summary: { timestamp: ago(1), counts: {}, states },
    check: {},
    uptime,
  };
  await kv.put("monitor:latest", JSON.stringify(each(() => ago(1))));
  await kv.put("monitor:data", JSON.stringify(data));
}

let browser;
before(
  async () => (browser = await chromium.launch({ executablePath: chromiumPath(), args: ["--no-sandbox"] })),
);
after(() => browser?.close());

for (const count of [1000, 10_000]) {
  describe(`${count} services with ${kDays} days`, () => {
    const { ids, config } = large(count);
    let monitor;
    let page;
    const asked = [];
    before(async () => {
      monitor = await startMonitor({ config });
      await seed(monitor, ids);
      page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      page.on("request", (request) => {
        const { pathname, searchParams } = new URL(request.url());
        if (pathname === "/api/history") asked.push(...searchParams.get("ids").split(","));
      });
      await page.goto(await monitor.url());
      await page.locator(".service .uptime b").first().waitFor();
    });
    after(() => monitor?.close());

    test("only what is near to being seen is drawn, and its history asked for, once", async () => {
      const drawn = await page.locator(".service").count();
      assert.ok(drawn > 0 && drawn < 200, `${drawn} rows`);
      assert.equal(asked.length, new Set(asked).size);
      assert.ok(asked.length >= 10 && asked.length <= 200, `${asked.length} histories`);
      assert.equal(await page.innerText("#overall"), `1 of ${count.toLocaleString("en")} services is down`);
    });

    test("the page is short: what the first view needs", async () => {
      const { body } = await monitor.get("/");
      assert.ok(body.length < 150 * count, `${body.length} bytes`);
    });

    test("what is scrolled to is drawn, with its history", async () => {
      await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
      const row = page.locator(".group:last-of-type .service").last();
      await row.locator(".uptime b").waitFor();
      assert.ok((await page.locator(".service").count()) < 600);
      assert.equal(asked.length, new Set(asked).size);
    });

    test("any of them is found", async () => {
      await page.keyboard.press("/");
      await page.keyboard.type(`s${count - 7}`);
      await page.locator(`.service[data-id="s${count - 7}"] .uptime b`).waitFor();
      assert.equal(await page.locator(".service").count(), 1);
      assert.match(
        await page.innerText(".toolbar .shown"),
        new RegExp(`1 of ${count.toLocaleString("en")} shown`),
      );
    });

    test("a search and its end draw what is near to being seen, wherever was scrolled to", async () => {
      await page.keyboard.press("Escape");
      await page.waitForFunction(() => document.querySelectorAll(".later").length > 20);
      const drawn = await page.locator(".service").count();
      assert.ok(drawn < 200, `${drawn} rows`);
    });

    test("a refresh is one request", async () => {
      const requests = [];
      page.on("request", (request) => requests.push(new URL(request.url()).pathname));
      await Promise.all([
        page.waitForEvent("requestfinished"),
        page.getByRole("button", { name: "Refresh", exact: true }).click(),
      ]);
      await page.locator("[aria-busy=false]").waitFor();
      assert.deepEqual(requests, ["/"]);
    });
  });
}

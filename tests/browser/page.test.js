// The page in a browser, served by the whole Worker.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { chromium } from "playwright-core";

import { browser as chromiumPath } from "../../scripts/lib/browser.mjs";
import { startMonitor } from "../worker/harness.js";

const hostile = `</script><script>window.hurt = 1</script><img src=x onerror="window.hurt = 2">'"{{title}}`;
const rightToLeft = "\u202eخادم البريد";

const config = {
  services: {
    groups: [
      { id: "prod", name: "Production", services: ["web", "db", "mail"] },
      { id: "odd", name: hostile, services: ["odd", "rtl"] },
    ],
    services: [
      { id: "web", name: "Public API", description: "Behind the load balancer" },
      { id: "db", name: "Database" },
      { id: "mail", name: "Mail 📬" },
      { id: "odd", name: hostile, description: hostile },
      { id: "rtl", name: rightToLeft },
      { id: "lonely", name: "Backup" },
    ],
  },
  dashboard: {
    header: { title: "Acme status", links: [{ text: "Docs", url: "https://example.com/docs" }] },
    footer: { text: hostile },
    customCss: "#zone { letter-spacing: 3px }",
  },
};

const since = "2026-11-22T05:00:00.000Z";
const states = {
  web: ["up", since, null],
  db: ["down", since, "nothing heard for an hour"],
  mail: ["degraded", since, "queue is long"],
  odd: ["up", since, hostile],
  rtl: ["up", since, null],
};
const full = "WgAAAAAA";
const half = "LQAALQAA";
const data = {
  version: 1,
  revision: 1,
  summary: { timestamp: "2026-11-22T05:59:00.000Z", counts: {}, states },
  check: {},
  uptime: { lastDay: "2026-11-22", days: 20, cells: { web: full.repeat(20), db: full.repeat(19) + half } },
};
const latest = { web: "2026-11-22T05:58:00.000Z", db: since };
const alerts = [
  { id: "1", title: "Database is down", message: "nothing heard", severity: "critical", status: "down" },
  {
    id: "2",
    title: hostile,
    message: hostile,
    source: hostile,
    severity: "warning",
    url: "javascript:hurt=3",
  },
].map((alert) => ({ ...alert, timestamp: since, labels: { [hostile]: hostile } }));

async function seed(monitor) {
  const kv = await monitor.kv();
  const documents = { "monitor:latest": latest, "monitor:data": data, "recent:alerts": alerts };
  for (const [key, value] of Object.entries(documents)) await kv.put(key, JSON.stringify(value));
}

let browser;
before(async () => {
  browser = await chromium.launch({ executablePath: chromiumPath(), args: ["--no-sandbox"] });
});
after(() => browser?.close());

// Whatever the browser complains about while it shows the page at `url`.
async function open(url, options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("requestfailed", (request) => complaints.push(`failed: ${request.url()}`));
  page.on("response", (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`);
  });
  await page.goto(url, { waitUntil: "networkidle" });
  return { page, complaints, close: () => context.close() };
}

const texts = (page, selector) => page.locator(selector).allInnerTexts();

describe("the page", () => {
  let monitor;
  let url;
  before(async () => {
    monitor = await startMonitor({ config });
    await seed(monitor);
    url = await monitor.url();
  });
  after(() => monitor?.close());

  for (const javaScriptEnabled of [false, true]) {
    test(`says everything in words ${javaScriptEnabled ? "with" : "without"} JavaScript`, async () => {
      const { page, complaints, close } = await open(url, { javaScriptEnabled });
      assert.equal(await page.innerText("#overall"), "1 of 6 services is down, 1 degraded, 1 unknown");
      assert.deepEqual(await texts(page, ".card dd"), ["6", "3", "1", "1", "1"]);
      assert.deepEqual(await texts(page, ".group h2"), ["Production", hostile, "Ungrouped"]);
      assert.deepEqual(await texts(page, ".service h3"), [
        "Database",
        "Mail 📬",
        "Public API",
        hostile,
        rightToLeft,
        "Backup",
      ]);
      assert.deepEqual(await texts(page, ".state b"), ["Down", "Degraded", "Up", "Up", "Up", "Unknown"]);
      assert.match(await page.innerText(".service:has-text('Database')"), /nothing heard for an hour/);
      assert.match(
        await page.innerText(".service:has-text('Public API')"),
        /Last seen .*, 2 min ago; down after 5 min/,
      );
      assert.match(await page.innerText(".service:has-text('Backup')"), /Never seen/);
      assert.deepEqual((await texts(page, ".uptime b")).slice(0, 4), [
        "97.50 %",
        "no data",
        "100 %",
        "no data",
      ]);
      assert.deepEqual(await texts(page, ".alert h3"), ["Database is down", hostile]);
      assert.equal(await page.locator(".alert a").count(), 0);
      assert.deepEqual(complaints, []);
      await close();
    });
  }

  test("draws thirty bars and says them", async () => {
    const { page, close } = await open(url);
    const bars = page.locator(".service:has-text('Database') .bars");
    assert.equal(await bars.getAttribute("data-days"), "30");
    assert.equal(
      await bars.getAttribute("aria-label"),
      "Last 30 days: 19 Excellent, 1 Poor, 10 without data; worst day 22 Nov, 50 %",
    );
    assert.equal(await bars.locator("path").count(), 3);
    await close();
  });

  test("shows times in the reader's zone, and in UTC without JavaScript", async () => {
    const options = { timezoneId: "Asia/Tokyo", locale: "en-GB" };
    const local = await open(url, options);
    assert.match(await local.page.innerText(".checked time"), /14:59/);
    assert.equal(await local.page.innerText("#zone"), "Times are in Asia/Tokyo.");
    await local.close();
    const plain = await open(url, { ...options, javaScriptEnabled: false });
    assert.equal(await plain.page.innerText(".checked time"), "22 Nov, 05:59 UTC");
    assert.equal(await plain.page.innerText("#zone"), "Times are in UTC.");
    await plain.close();
  });

  test("runs nothing that stands in a text", async () => {
    const { page, close } = await open(url);
    assert.equal(await page.evaluate(() => window.hurt), undefined);
    assert.equal(await page.locator("img[src=x]").count(), 0);
    const embedded = JSON.parse(await page.locator("#data").textContent());
    assert.equal(
      embedded.status.summary.results.find(({ serviceId }) => serviceId === "odd").message,
      hostile,
    );
    assert.deepEqual(embedded.status, (await monitor.get("/api/status")).body);
    assert.equal(embedded.alerts[1].title, hostile);
    await close();
  });

  for (const colorScheme of ["light", "dark"]) {
    for (const width of [320, 390, 1440]) {
      test(`fits ${width} px and can be read, ${colorScheme}`, async () => {
        const { page, complaints, close } = await open(url, {
          colorScheme,
          viewport: { width, height: 900 },
        });
        const scroll = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(scroll <= width, `${scroll} px are scrolled through`);
        assert.deepEqual(await page.evaluate(faintTexts), []);
        assert.deepEqual(complaints, []);
        await close();
      });
    }
  }

  test("a forced mode does not ask the system", async () => {
    const { page, close } = await open(url, { colorScheme: "light" });
    await page.evaluate(() => (document.documentElement.dataset.theme = "dark"));
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), "dark");
    assert.deepEqual(await page.evaluate(faintTexts), []);
    await close();
  });

  test("is styled by the configuration", async () => {
    const { page, close } = await open(url);
    const style = (selector, name) =>
      page
        .locator(selector)
        .first()
        .evaluate((element, key) => getComputedStyle(element)[key], name);
    assert.equal(await style("#zone", "letterSpacing"), "3px");
    assert.equal(await style(".bars .uptime-default-0", "stroke"), "rgb(22, 163, 74)");
    await close();
  });
});

describe("the page of a monitor that has heard nothing", () => {
  let monitor;
  before(async () => (monitor = await startMonitor({ config })));
  after(() => monitor?.close());

  test("says how to send a heartbeat", async () => {
    const url = await monitor.url();
    const { page, complaints, close } = await open(url, { viewport: { width: 320, height: 700 } });
    assert.equal(await page.innerText("#overall"), "Waiting for the first check");
    assert.ok((await page.innerText(".hint code")).includes(new URL("/api/heartbeat/web", url).href));
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 320);
    assert.deepEqual(complaints, []);
    await close();
  });
});

// Runs in the page: the texts whose contrast with what is behind them is below 4.5 (WCAG 2.2, 1.4.3).
function faintTexts() {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const painted = (colors) => {
    canvas.clearRect(0, 0, 1, 1);
    for (const color of colors) {
      canvas.fillStyle = color;
      canvas.fillRect(0, 0, 1, 1);
    }
    return [...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  };
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((v) => (v <= 10 ? v / 3294 : ((v / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const backgrounds = (element) =>
    element ? [...backgrounds(element.parentElement), getComputedStyle(element).backgroundColor] : ["white"];
  const contrast = (element) => {
    const behind = backgrounds(element);
    const pair = [painted(behind), painted([...behind, getComputedStyle(element).color])].map(luminance);
    return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
  };
  const hasText = (element) =>
    [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  return [...document.body.querySelectorAll("*:not(script)")]
    .filter((element) => hasText(element) && contrast(element) < 4.5)
    .map((element) => `${element.className || element.tagName}: ${contrast(element).toFixed(2)}`);
}

// One monitor and one browser for all tests of the page, and the story that the monitor's documents tell.

import { spawn } from "node:child_process";
import { after, before, beforeEach } from "node:test";

import axe from "axe-core";
import { chromium } from "playwright-core";

import { browser as chromiumPath } from "../../scripts/lib/browser.mjs";
import { kStart, startMonitor } from "../worker/harness.js";

// For tests that only read: several at once.
export const kAtOnce = { concurrency: 3 };

const kTries = 50; // to find a text
const kPatienceMs = 8_000; // of a test that waits for what does not come

export const kKey = "browser-key";
export const hostile = `</script><script>window.hurt = 1</script><img src=x onerror="window.hurt = 2">'"{{title}}`;
export const rightToLeft = "\u202eخادم البريد";
export const long = "word ".repeat(100).trim().padEnd(500, "!");

export const config = {
  services: {
    groups: [
      { id: "prod", name: "Production", services: ["web", "db", "mail"], uptimeThresholdSet: "strict" },
      { id: "odd", name: hostile, services: ["odd", "rtl", "long"] },
    ],
    services: [
      { id: "web", name: "Public API", description: "Behind the load balancer", stalenessThreshold: 600 },
      { id: "db", name: "Database" },
      { id: "mail", name: "Mail 📬" },
      { id: "odd", name: hostile, description: hostile },
      { id: "rtl", name: rightToLeft },
      { id: "long", name: long, description: long },
      { id: "lonely", name: "Backup", auth: { required: false } },
    ],
  },
  settings: {
    uptime: { retentionDays: 120 },
    api: { publicLogMetadata: true },
    alertNotifications: { enableBrowserNotifications: true, severityFilter: ["critical", "warning"] },
    alertHistory: { defaultLimit: 100 },
  },
  dashboard: {
    header: { title: "Acme status", links: [{ text: "Docs", url: "https://example.com/docs" }] },
    footer: { text: hostile },
    customCss: "#zone { letter-spacing: 3px }",
  },
};

const minute = 60_000;
export const ago = (minutes) => new Date(kStart - minutes * minute).toISOString();

const since = ago(60);
const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
export const cell = (...counts) => counts.map((count) => digits[count >> 6] + digits[count & 63]).join("");
export const full = cell(1440, 0, 0, 0);

// What the documents say unless a test says otherwise.
export const states = {
  web: ["up", since, null],
  db: ["down", since, "nothing heard for an hour"],
  mail: ["degraded", since, "queue is long"],
  odd: ["up", since, hostile],
  rtl: ["up", since, null],
  long: ["down", since, long],
};
export const latest = { web: ago(2), db: ago(66), mail: ago(1), odd: ago(1), rtl: ago(1), long: ago(70) };
export const cells = {
  web: full.repeat(119) + cell(360, 0, 0, 0),
  db: full.repeat(118) + cell(720, 0, 720, 0) + cell(300, 0, 60, 0),
  odd: "AAAAAAAA".repeat(110) + cell(0, 0, 0, 1440) + full.repeat(9),
};
export const alerts = [
  {
    id: "1",
    title: "Database is down",
    message: "nothing heard",
    severity: "critical",
    status: "down",
    source: "monitor",
    serviceId: "db",
    timestamp: ago(60),
  },
  {
    id: "2",
    title: hostile,
    message: hostile,
    source: hostile,
    severity: "warning",
    status: "",
    url: "javascript:hurt=3",
    timestamp: ago(61),
    labels: { [hostile]: hostile },
  },
  {
    id: "3",
    title: "Disk is full",
    message: long,
    source: "grafana",
    severity: "warning",
    status: "",
    url: "https://example.com/d",
    timestamp: ago(3 * 24 * 60),
    labels: { team: "storage" },
  },
  {
    id: "4",
    title: "Release 7 is live",
    message: "",
    source: "ci",
    severity: "info",
    status: "",
    timestamp: ago(5 * 24 * 60),
  },
];

export function documents({ timestamp = ago(1), ...more } = {}) {
  const told = { states, latest, cells, alerts, ...more };
  return {
    "monitor:latest": told.latest,
    "monitor:data": {
      version: 1,
      revision: 1,
      summary: { timestamp, counts: {}, states: told.states },
      check: {},
      uptime: { lastDay: "2026-11-22", days: 120, cells: told.cells },
    },
    "recent:alerts": told.alerts,
  };
}

// Puts documents, those of the usual story with `changes`.
export async function tell(monitor, changes) {
  const kv = await monitor.kv();
  for (const [key, value] of Object.entries(documents(changes))) await kv.put(key, JSON.stringify(value));
}

// Rows of the collector: texts by key.
export async function remember(monitor, rows) {
  await monitor.get("/api/logs?serviceId=web"); // its table is made when it is first called
  for (const [key, text] of Object.entries(rows)) {
    const hex = Buffer.from(`\x01${text}`).toString("hex"); // 1: in one part
    await monitor.sql(`INSERT OR REPLACE INTO doc (key, value) VALUES ('${key}', x'${hex}')`);
  }
}

export const site = {}; // {monitor, url} of the shared one
let browser;

export function shareSite() {
  before(async () => {
    browser = await chromium.launch({ executablePath: chromiumPath(), args: ["--no-sandbox"] });
    site.monitor = await startMonitor({ config, secrets: { API_KEYS: JSON.stringify({ "*": kKey }) } });
    site.url = await site.monitor.url();
  });
  beforeEach(() => tell(site.monitor));
  after(async () => {
    await browser?.close();
    await site.monitor?.close();
  });
}

export const newContext = (options) =>
  browser.newContext({
    timezoneId: "UTC",
    locale: "en-GB",
    viewport: { width: 1440, height: 900 },
    ...options,
  });

// A page at `hash` with what the browser complains about and which requests it makes. `prepare(page)` comes before it is
// loaded. It is closed at the end of the test.
export async function open(
  t,
  hash = "#/",
  { prepare, url = site.url, context, isScripted, ...options } = {},
) {
  const own = context ?? (await newContext(options));
  if (!context) t.after(() => own.close());
  const page = await own.newPage();
  page.setDefaultTimeout(kPatienceMs);
  const complaints = [];
  const requests = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => requests.push(new URL(request.url()).pathname));
  await prepare?.(page);
  await page.goto(url + hash);
  await page.waitForLoadState("load");
  if (isScripted !== false && options.javaScriptEnabled !== false) await page.waitForFunction(isDrawn);
  return { page, complaints, requests, context: own };
}

// Whether the script has drawn all that it draws at first, or given up.
const isDrawn = () => {
  if (document.documentElement.classList.contains("plainly")) return true;
  if (!document.querySelector("#controls > *")) return false;
  const unreadable = document.querySelector("#overall")?.textContent.includes("cannot be read");
  return unreadable || document.querySelector(".groups, .hint, .own, .wall") !== null;
};

// Of an automatic refresh none comes in between.
export const byHand = (page) =>
  page.addInitScript(() => localStorage.setItem("heartbeat:refresh-seconds", "0"));

// The page with its embedded data changed on the way: for what the monitor says of itself only in bad times.
export const withData = (change) => (page) =>
  page.route(site.url, async (route) => {
    const response = await route.fetch();
    const html = (await response.text()).replace(
      /(<script type="application\/json" id="data">)([^]*?)(<\/script>)/,
      (_, start, json, end) => start + embedded(change, json) + end,
    );
    await route.fulfill({ response, body: html });
  });

const embedded = (change, json) => {
  const changed = change(JSON.parse(json));
  return typeof changed === "string" ? changed : JSON.stringify(changed).replaceAll("<", "\\u003c");
};

// What is not painted yet has no text, so it is asked for until there is one.
export async function texts(page, selector) {
  for (let tries = 0; ; tries++) {
    const found = (await page.locator(selector).allInnerTexts()).map((text) =>
      text.replace(/\s+/g, " ").trim(),
    );
    if (tries === kTries || found.every(Boolean)) return found;
  }
}

export const row = (page, id) => page.locator(`.service[data-id="${id}"]`);

// Scrolled to, and no longer scrolling, which would take a tip away.
export async function settledAt(locator) {
  await locator.scrollIntoViewIfNeeded();
  await locator.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
}

// What axe-core finds, as short lines.
export async function faults(page) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run({
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }),
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}

// The tab as it is when somebody looks at another one.
export function setHidden(page, isHidden) {
  return page.evaluate((hidden) => {
    Object.defineProperty(document, "visibilityState", {
      configurable: true,
      get: () => (hidden ? "hidden" : "visible"),
    });
    document.dispatchEvent(new Event("visibilitychange"));
  }, isHidden);
}

// Runs a program; {status, output}. Nothing waits for it but the caller: the monitor's tests run in the same process.
export async function run(program, args, env) {
  const child = spawn(program, args, { env: { ...process.env, ...env }, timeout: 60_000 });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += text));
  const status = await new Promise((resolve) => child.on("close", resolve));
  return { status, output };
}

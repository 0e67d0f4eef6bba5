// The export as CSV.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, test } from "node:test";

import { kAtOnce, open, site } from "./fixture.js";

const openExport = async (t, hash, options) => {
  const opened = await open(t, hash, options);
  await opened.page.getByRole("button", { name: "Export" }).click();
  return opened;
};

async function download(page) {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download" }).click(),
  ]);
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), "utf8") };
}

const csv = async (query) => (await site.monitor.get(`/api/export.csv?${query}`)).body;

describe("the export", kAtOnce, () => {
  test("is what the server makes of the last 30 days and all services", async (t) => {
    const { page, requests } = await openExport(t, "#/");
    assert.match(await page.getByRole("dialog").innerText(), /210 rows/);
    const { name, text } = await download(page);
    assert.equal(name, "uptime_2026-10-24_2026-11-22.csv");
    assert.equal(text, await csv("from=2026-10-24&to=2026-11-22"));
    assert.equal(requests.filter((path) => path === "/api/export.csv").length, 1);
    assert.match(await page.innerText(".progress"), /210 of 210/);
  });

  for (const [label, from] of [
    ["Last 7", "2026-11-16"],
    ["Last 90", "2026-08-25"],
    ["All 120", "2026-07-26"],
  ]) {
    test(`covers ${label.toLowerCase()} days`, async (t) => {
      const { page } = await openExport(t, "#/");
      await page.getByText(label, { exact: true }).click();
      assert.equal((await download(page)).text, await csv(`from=${from}&to=2026-11-22`));
    });
  }

  test("covers days of one's own, and says when they make no sense", async (t) => {
    const { page } = await openExport(t, "#/");
    const dialog = page.getByRole("dialog");
    await dialog.getByText("From … to").click();
    await dialog.getByLabel("From", { exact: true }).fill("2026-11-20");
    await dialog.getByLabel("to", { exact: true }).fill("2026-11-10");
    assert.match(await dialog.innerText(), /The first day comes after the last/);
    await dialog.getByLabel("to", { exact: true }).fill("2026-11-21");
    assert.equal((await download(page)).text, await csv("from=2026-11-20&to=2026-11-21"));
  });

  test("is of the services that are chosen, or shown", async (t) => {
    const { page } = await openExport(t, "#/?group=prod");
    await page.getByText("Last 7", { exact: true }).click();
    assert.match(await page.getByRole("dialog").innerText(), /The 3 shown/);
    const days = "from=2026-11-16&to=2026-11-22";
    assert.equal((await download(page)).text, await csv(`${days}&serviceId=db&serviceId=mail&serviceId=web`));
    await page.getByText("Choose").click();
    assert.match(await page.getByRole("dialog").innerText(), /No service is chosen/);
    await page.getByLabel("Search services to export").fill("back");
    await page.getByLabel("Backup").check();
    assert.equal((await download(page)).text, await csv(`${days}&serviceId=lonely`));
  });

  test("says what the server says when it cannot", async (t) => {
    const prepare = (page) =>
      page.route("**/api/export.csv**", (route) =>
        route.fulfill({ status: 503, body: '{"error":"KV is away"}' }),
      );
    const { page } = await openExport(t, "#/", { prepare });
    await page.getByRole("button", { name: "Download" }).click();
    assert.equal(await page.locator(".problem").innerText(), "KV is away");
  });

  test("can be stopped", async (t) => {
    const { page } = await openExport(t, "#/", {
      prepare: (page) => page.route("**/api/export.csv**", () => {}),
    });
    await page.getByRole("button", { name: "Download" }).click();
    await page.getByRole("button", { name: "Stop" }).click();
    assert.equal(await page.locator(".problem").innerText(), "Stopped");
    assert.equal(await page.getByRole("button", { name: "Download" }).isVisible(), true);
  });
});

describe("a long export", () => {
  test("more rows than one answer has are asked for in parts and put together", async () => {
    const { exportPaths, fetchTable } = await import("../../dashboard/model/csv.ts");
    const range = { from: "2026-01-01", to: "2026-01-05" };
    assert.deepEqual(exportPaths(range, undefined, 10_000), [
      "/api/export.csv?from=2026-01-01&to=2026-01-02",
      "/api/export.csv?from=2026-01-03&to=2026-01-04",
      "/api/export.csv?from=2026-01-05&to=2026-01-05",
    ]);
    const ids = Array.from({ length: 150 }, (_, i) => `s${i}`);
    const paths = exportPaths(range, ids, 10_000);
    assert.deepEqual(
      paths.map((path) => new URL(path, "http://x").searchParams.getAll("serviceId").length),
      [100, 50],
    );

    const rows = [];
    const original = globalThis.fetch;
    globalThis.fetch = async (path) => new Response(`Date,Name\r\n${path},1\r\n${path},2\r\n`);
    try {
      const table = await fetchTable(["a", "b"], (so) => rows.push(so), new AbortController().signal);
      assert.equal(await table.text(), "Date,Name\r\na,1\r\na,2\r\nb,1\r\nb,2\r\n");
      assert.deepEqual(rows, [2, 4]);
    } finally {
      globalThis.fetch = original;
    }
  });
});

// How the page comes: what it is made of, and what it does with little.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, test } from "node:test";
import { gzipSync } from "node:zlib";

import { kAtOnce, open, run, site, texts } from "./fixture.js";

const kFirstLoad = 45_000; // bytes of scripts and styles, compressed

const assets = (html) => [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path]) => path);

// Cloudflare serves these, not the Worker.
const asset = (path) => fetch(new URL(path, site.url));

describe("the delivery of the page", kAtOnce, () => {
  test("first load is under 45 kB of compressed script and style", async (t) => {
    const { requests } = await open(t);
    const loaded = [...new Set(requests)].filter((path) => /\.(js|css)$/.test(path));
    assert.ok(loaded.length >= 4, loaded.join());
    let bytes = 0;
    for (const path of loaded) {
      bytes += gzipSync(await (await asset(path)).text()).length;
    }
    assert.ok(bytes < kFirstLoad, `${bytes} bytes`);
  });

  test("scripts and styles are named by what is in them and kept for ever", async () => {
    const { body } = await site.monitor.get("/");
    assert.equal(assets(body).length, 3);
    for (const path of assets(body)) {
      assert.match(path, /^\/assets\/(app|theme)-[A-Z0-9]{8}\.(js|css)$/);
      const { headers } = await asset(path);
      assert.match(headers.get("Cache-Control"), /max-age=31536000, immutable/);
    }
  });

  test("nothing is inline, and nothing inline would run", async () => {
    const { body, headers } = await site.monitor.get("/");
    const policy = headers.get("Content-Security-Policy");
    assert.match(policy, /default-src 'none'/);
    assert.doesNotMatch(policy, /unsafe/);
    assert.doesNotMatch(body, /<[a-z][^>]*\s(style|on\w+)=|<style/);
    const inline = [...body.matchAll(/<script(?![^>]*\bsrc=)([^>]*)>/g)].map(([, attributes]) =>
      attributes.trim(),
    );
    assert.deepEqual(inline, ['type="application/json" id="data"']);
  });

  test("no asset holds code of other places", async () => {
    const { body } = await site.monitor.get("/");
    for (const path of assets(body)) {
      const code = await (await asset(path)).text();
      const urls = [...code.matchAll(/https?:\/\/[\w.]+/g)].map(([url]) => url);
      const harmless = ["http://www.w3.org"]; // names of XML, not addresses
      assert.deepEqual(
        urls.filter((url) => !harmless.includes(url)),
        [],
      );
    }
  });

  test("says the essentials without JavaScript", async (t) => {
    const { page, complaints } = await open(t, "", { javaScriptEnabled: false });
    assert.equal(await page.innerText("#overall"), "2 of 7 services are down, 1 degraded, 1 unknown");
    assert.deepEqual(await texts(page, ".card b"), ["7", "2", "1", "1", "3"]);
    assert.deepEqual(await texts(page, ".plain h2"), [
      "What fails",
      "What else changed in the last 24 hours",
      "All services",
    ]);
    const failing = await texts(page, ".plain section:first-of-type li");
    assert.equal(failing.length, 3);
    assert.match(
      failing.find((row) => row.startsWith("Database")),
      /^Database: Down since 22 Nov, 05:00 UTC \(last heartbeat .* UTC\) – nothing heard for an hour$/,
    );
    assert.match(failing[2], /^Mail 📬: Degraded/);
    const all = await texts(page, ".plain section:last-of-type li");
    assert.equal(all.length, 7);
    assert.ok(all.includes("Public API: Up, up 100 %"), all.join("\n"));
    assert.equal(await page.locator(".plain").isVisible(), true);
    assert.equal(await page.innerText("#zone"), "Times are in UTC.");
    assert.deepEqual(complaints, []);
  });

  test("works from the embedded data alone", async (t) => {
    const { page, complaints } = await open(t, "#/", {
      prepare: (page) => page.route("**/api/**", (route) => route.abort()),
    });
    assert.equal(await page.innerText("#overall"), "2 of 7 services are down, 1 degraded, 1 unknown");
    assert.equal(await page.locator(".service").count(), 7);
    assert.deepEqual(await texts(page, '.service[data-id="web"] .uptime'), ["100 %"]);
    assert.deepEqual(complaints, []);
  });

  test("when the script does not come, the list shows after a while", async (t) => {
    const prepare = (page) => page.route("**/assets/app-*.js", (route) => route.abort());
    const { page } = await open(t, "", { prepare, isScripted: false });
    await page.locator(".plain li").first().waitFor({ state: "visible" }); // by a style's own delay
    assert.equal(await page.innerText("#overall"), "2 of 7 services are down, 1 degraded, 1 unknown");
  });

  test("the sources are sound TypeScript", async () => {
    const { status, output } = await run("node_modules/.bin/tsc", ["-p", "dashboard"]);
    assert.equal(status, 0, output);
  });

  test("the template names no assets but those of the bundle", async () => {
    const template = await readFile("dashboard/page.html", "utf8");
    const names = [...template.matchAll(/(?:src|href)="(\/[^"{]+)"/g)].map(([, name]) => name);
    assert.deepEqual(names, ["/theme.js", "/app.css", "/custom.css", "/app.js"]);
  });
});

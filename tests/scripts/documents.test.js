// npm run backup, restore and import: the files, and what the Worker makes of documents that come back.
import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { asTexts, kFiles } from "../../scripts/lib/documents.mjs";
import { imported } from "../../scripts/lib/imported.mjs";
import { kModes } from "../worker/modes.js";
import { kStart, startMonitor } from "../worker/harness.js";
import { command, makeStaged } from "./copy.js";

const kDay = 86_400_000;
const config = { services: { services: [{ id: "web" }, { id: "db" }] } };
const secrets = { API_KEYS: '{"*":"key"}' };
const dateOf = (daysAgo) => new Date(kStart - daysAgo * kDay).toISOString().slice(0, 10);

// 100 days of a monitor that checks every five minutes, the oldest first, and what else there is in such documents.
const days = Array.from({ length: 100 }, (_, i) => {
  const [downChecks, degradedChecks, unknownChecks] = [i % 7, i % 5, i % 3];
  const counts = {
    upChecks: 288 - downChecks - degradedChecks - unknownChecks,
    downChecks,
    degradedChecks,
    unknownChecks,
  };
  return [dateOf(100 - i), { date: dateOf(100 - i), totalChecks: 288, ...counts }];
});
const foreign = {
  "monitor:data": {
    summary: { totalServices: 1, servicesUp: 1 },
    uptime: {
      web: { days: Object.fromEntries(days), overallUptime: 98.1 },
      gone: { days: { "2026-11-01": { upChecks: 3 } } },
    },
    lastUpdated: "2026-11-22T05:55:00Z",
  },
  "monitor:latest": { web: "2026-11-22T05:58:30Z", db: Date.parse("2026-11-22T05:57:00Z"), odd: "yesterday" },
  "recent:alerts": [
    {
      id: "a1",
      title: "web is down",
      severity: "critical",
      timestamp: "2026-11-22T04:00:00Z",
      serviceId: "web",
      extra: 1,
    },
    { title: "without an id", timestamp: "2026-11-22T03:00:00Z" },
    { title: "without a time" },
  ],
};

// As long after the collector's last put as there can be in time that stands.
async function put(monitor, documents) {
  const kv = await monitor.kv();
  for (const [key, text] of Object.entries(asTexts(documents, monitor.now + 1))) await kv.put(key, text);
}

// All but today, in short.
const pastOf = (history) =>
  history
    .slice(0, -1)
    .map(({ date, ...counts }) => [date, ...Object.keys(days[0][1]).map((name) => counts[name])].join());

const historyOf = async (monitor, id, count) =>
  (await monitor.get(`/api/uptime?serviceId=${id}&days=${count}`)).body.days;

for (const { mode, collector } of kModes) {
  const kTakenOver = collector ? 7 : 1; // minutes until it is: the collector looks when it publishes
  describe(`moving in ${mode}`, () => {
    let monitor;
    before(async () => {
      monitor = await startMonitor({ config, secrets, collector });
      await monitor.minutesPass(kTakenOver, () => monitor.post("/api/heartbeat/db", "", { key: "key" }));
      await put(monitor, imported(foreign).documents);
      await monitor.minutesPass(kTakenOver);
    });
    after(() => monitor.close());

    test("every day is kept, count by count", async () => {
      assert.deepEqual(
        pastOf(await historyOf(monitor, "web", 101)),
        pastOf([...days.map(([, day]) => day), {}]),
      );
      assert.equal((await monitor.published())["monitor:data"].includes('"version":1'), true);
    });

    test("what was heard last is known, and what was heard since stays", async () => {
      const { results } = (await monitor.get("/api/status")).body.summary;
      const seen = Object.fromEntries(results.map(({ serviceId, lastSeen }) => [serviceId, lastSeen]));
      assert.equal(seen.web, "2026-11-22T05:58:30.000Z");
      if (collector) assert.equal(seen.db, "2026-11-22T06:07:00.000Z");
    });

    test("alerts are in the list of recent ones", async () => {
      const { alerts } = (await monitor.get("/api/alerts/recent?hours=100")).body;
      const titles = alerts.map(({ title }) => title);
      assert.ok(titles.includes("web is down") && titles.includes("without an id"), titles.join());
      assert.ok(!titles.includes("without a time"));
    });
  });

  test(`what was saved comes back into a monitor that has gone on without it, ${mode}`, async () => {
    const monitor = await startMonitor({ config, secrets, collector });
    try {
      await put(monitor, imported(foreign).documents);
      await monitor.minutesPass(kTakenOver);
      const saved = Object.entries(await monitor.published()).map(([key, text]) => [key, JSON.parse(text)]);
      const expected = await historyOf(monitor, "web", 101);
      const kv = await monitor.kv();
      await kv.delete("monitor:data");
      if (collector) await monitor.renew();
      await monitor.minutesPass(kTakenOver);
      assert.equal((await historyOf(monitor, "web", 101))[0].totalChecks, 0);
      await put(monitor, Object.fromEntries(saved));
      await monitor.minutesPass(kTakenOver);
      assert.deepEqual(pastOf(await historyOf(monitor, "web", 101)), pastOf(expected));
    } finally {
      await monitor.close();
    }
  });
}

describe("the commands", () => {
  let copy, folder;
  before(() => {
    copy = makeStaged();
    folder = mkdtempSync(path.join(os.tmpdir(), "documents-"));
  });
  after(() => {
    copy.remove();
    rmSync(folder, { recursive: true });
  });

  const inCopy = (...parts) => path.join(copy.folder, ...parts);
  const stored = (key) => inCopy("stand-in", "cloudflare", "kv", encodeURIComponent(key));
  const inKv = (key) => JSON.parse(readFileSync(stored(key), "utf8"));
  async function run(name, ...args) {
    const running = command(copy.folder, name, args, copy.env);
    return { code: await running.ended, output: running.output };
  }
  function layOut(name, documents) {
    mkdirSync(path.join(folder, name));
    for (const [key, json] of Object.entries(documents)) {
      writeFileSync(
        path.join(folder, name, kFiles[key]),
        typeof json === "string" ? json : JSON.stringify(json),
      );
    }
    return path.join(folder, name);
  }

  test("where nothing is, there is nothing to save", async () => {
    const { code, output } = await run("backup");
    assert.deepEqual([code, output], [1, "There is nothing in KV yet.\n"]);
    assert.ok(!existsSync(inCopy("backups")));
  });

  test("times that are none are left out of an import, and said", () => {
    const { documents, unread } = imported({
      "monitor:latest": {
        web: null,
        db: 0,
        mail: "soon",
        a: {},
        b: 1795327200000,
        c: "2026-11-22T06:00:00Z",
      },
      "recent:alerts": [
        { title: "x", timestamp: null },
        { title: "y", timestamp: "2026-11-22T06:00:00Z" },
      ],
    });
    const time = "2026-11-22T06:00:00.000Z";
    assert.deepEqual(documents["monitor:latest"], { b: time, c: time });
    assert.deepEqual(
      documents["recent:alerts"].map(({ title }) => title),
      ["y"],
    );
    assert.equal(unread, 5);
  });

  test("of a day with more checks than minutes the proportions are kept", () => {
    const days = { "2026-11-22": { upChecks: 90000, downChecks: 9999, degradedChecks: 1 } };
    const { documents } = imported({ "monitor:data": { uptime: { web: { days } } } });
    assert.deepEqual(documents["monitor:data"].uptime.web.days["2026-11-22"], {
      upChecks: 1296,
      degradedChecks: 0,
      downChecks: 144,
      unknownChecks: 0,
    });
  });

  test("an import says what it reads and whom nobody knows, and stamps the history", async () => {
    const { code, output } = await run("import", layOut("foreign", foreign));
    assert.equal(code, 0, output);
    assert.match(
      output,
      /^Read: 2 services with 101 days in all\.\nLeft out: 2 last heartbeats or alerts .*\nNot in config\/services\.json.*: web, gone\./,
    );
    const { revision, version, uptime } = inKv("monitor:data");
    assert.ok(revision > kStart && version === undefined);
    assert.equal(Object.keys(uptime.web.days).length, 100);
  });

  test("a backup is the documents as they are, in a folder of its own", async () => {
    const saved = path.join(folder, "saved");
    const { code, output } = await run("backup", saved);
    assert.equal(code, 0, output);
    for (const [key, file] of Object.entries(kFiles)) {
      assert.equal(readFileSync(path.join(saved, file), "utf8"), readFileSync(stored(key), "utf8"));
    }
    const again = await run("backup", saved);
    assert.deepEqual([again.code, again.output], [1, `${saved} is there already; name another folder.\n`]);
    assert.equal((await run("backup")).code, 0);
    assert.equal(readdirSync(inCopy("backups")).length, 1);
  });

  test("a restore puts the files back, later than whatever is there, which it saves first", async () => {
    const before = inKv("monitor:data");
    writeFileSync(stored("monitor:latest"), '{"web":"2026-11-25T00:00:00.000Z"}');
    const { code, output } = await run("restore", path.join(folder, "saved"));
    assert.equal(code, 0, output);
    const { revision, ...data } = inKv("monitor:data");
    assert.ok(revision > before.revision);
    assert.deepEqual({ ...data, revision: before.revision }, before);
    const rescued = readdirSync(inCopy("backups")).find((name) => name.endsWith("-before"));
    assert.match(readFileSync(inCopy("backups", rescued, "monitor-latest.json"), "utf8"), /2026-11-25/);
  });

  test("what cannot be read is refused before anything is written", async () => {
    const kv = readFileSync(stored("monitor:data"), "utf8");
    const day = (counts) => ({ "monitor:data": { uptime: { web: { days: { "2026-11-01": counts } } } } });
    for (const [name, command, documents, said] of [
      [
        "empty",
        "restore",
        {},
        /has none of monitor-latest\.json, monitor-data\.json, recent-alerts\.json\.\n$/,
      ],
      [
        "broken",
        "restore",
        { "monitor:data": "{" },
        /monitor-data\.json: line 1, column 2: a closing brace, \}, is missing here\n$/,
      ],
      [
        "ours",
        "import",
        { "monitor:data": { version: 1, uptime: {} } },
        /To put it back: npm run restore\n$/,
      ],
      ["shape", "import", { "monitor:data": { uptime: [] } }, /uptime must be an object\.\n$/],
      ["counts", "import", day({ upChecks: "many" }), /uptime\.web\.days\.2026-11-01 is not a day with/],
      ["less", "import", day({ upChecks: -1 }), /is not a day with/],
      ["alerts", "import", { "recent:alerts": {} }, /recent-alerts\.json must be a list\.\n$/],
    ]) {
      const { code, output } = await run(command, layOut(name, documents));
      assert.equal(code, 1, name);
      assert.match(output, said);
    }
    for (const command of ["restore", "import"]) assert.equal((await run(command)).code, 1);
    assert.equal(readFileSync(stored("monitor:data"), "utf8"), kv);
  });
});

// npm run import of the services of other monitors, out of files of theirs.
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, afterEach, before, describe, test } from "node:test";
import util from "node:util";
import { planOf } from "../../scripts/lib/import/plan.mjs";
import { readOther } from "../../scripts/lib/import/read.mjs";
import { inRoot } from "../../scripts/lib/paths.mjs";
import { command, makeStaged } from "./copy.js";

const kEmpty = '{\n  "services": [],\n  "groups": []\n}\n';
const example = (name) => inRoot("tests", "data", "import", name);

describe("an import of services", () => {
  let copy;
  before(() => (copy = makeStaged()));
  after(() => copy.remove());
  afterEach(() => writeFileSync(file(".production.vars"), ""));

  const file = (...parts) => path.join(copy.folder, ...parts);
  const services = () => readFileSync(file("config/services.json"), "utf8");
  const keys = () => JSON.parse(util.parseEnv(readFileSync(file(".production.vars"), "utf8")).API_KEYS);

  async function run(before, ...args) {
    writeFileSync(file("config/services.json"), before);
    const running = command(copy.folder, "import", args, copy.env);
    return { code: await running.ended, output: running.output };
  }
  async function taken(name) {
    const { code, output } = await run(kEmpty, name);
    assert.equal(code, 0, output);
    return { output, ...JSON.parse(services()) };
  }

  test("of Healthchecks has names, tags, periods with their grace, and pauses; the UUID is the key", async () => {
    const { services, groups, output } = await taken(example("healthchecks-v3.json"));
    assert.deepEqual(services, [
      {
        id: "filesystem-backup",
        name: "Filesystem Backup",
        description: "Runs incremental backup every hour",
        stalenessThreshold: 4200,
      },
      { id: "database-backup", name: "Database Backup", stalenessThreshold: 87600, enabled: false },
    ]);
    assert.deepEqual(groups, [
      { id: "backup", name: "backup", services: ["filesystem-backup"] },
      { id: "production", name: "production", services: ["database-backup"] },
    ]);
    assert.equal(keys()["filesystem-backup"], "31365bce-8da9-4729-8ff3-aaa71d56b712");
    for (const said of [
      '"Weekly report": its schedule "Mon *-*-* 06:00" is no cron expression',
      '"Database Backup": schedule "15 5 * * *" (Europe/Riga): only that it is heard every 86400 s + grace',
      '"Filesystem Backup": integrations:',
      '"Filesystem Backup": tags fs',
    ])
      assert.ok(output.includes(said), said);
  });

  test("of a read-only list of Healthchecks makes new keys, for what it shows is no secret", async () => {
    const { services } = await taken(example("healthchecks-v1-read-only.json"));
    assert.equal(services[0].stalenessThreshold, 4200);
    assert.match(keys()["filesystem-backup"], /^[\w-]{32}$/);
  });

  const ofKuma = [
    {
      id: "nas-backup",
      name: "NAS backup",
      description: "Every night",
      stalenessThreshold: 86400 + 3 * 600,
    },
    { id: "heating", name: "Heating", stalenessThreshold: 60, enabled: false },
  ];

  test("of a backup of Uptime Kuma has what is pushed, and names what is not", async () => {
    const { services, groups, output } = await taken(example("uptime-kuma-backup.json"));
    assert.deepEqual(services, ofKuma);
    assert.deepEqual(groups, [{ id: "buro", name: "Büro", services: ["nas-backup"] }]);
    assert.equal(keys()["nas-backup"], "q2Jm8hXv0dR5tYb1LcPz7wKe3uNaGs4F");
    assert.match(keys().heating, /^[\w-]{32}$/, "ten characters are too few for a key");
    assert.match(output, /"Website": it is asked \(type "http"\)/);
    assert.match(output, /"Heating" .* is 20; no check comes sooner/);
  });

  test("of the database of Uptime Kuma is the same as of its backup", async () => {
    makeDatabase(file("kuma.db"));
    const { services, groups, output } = await taken("kuma.db");
    assert.deepEqual(services, ofKuma);
    assert.deepEqual(groups, [{ id: "buro", name: "Büro", services: ["nas-backup"] }]);
    assert.match(output, /"NAS backup": notifications:/);
  });

  test("of Gatus has its external endpoints, with ids that differ", async () => {
    const { services, groups, output } = await taken(example("gatus.yaml"));
    assert.deepEqual(services, [
      { id: "nightly-job", name: "Nightly Job", stalenessThreshold: 5400 },
      { id: "nightly-job-2", name: "nightly job", stalenessThreshold: 86400, enabled: false },
      { id: "ext-ep-test", name: "ext-ep-test" },
    ]);
    assert.deepEqual(groups, [{ id: "core", name: "core", services: ["nightly-job", "nightly-job-2"] }]);
    assert.equal(keys()["nightly-job"], "4fQeN8bD1xYw6ZpR0sVt");
    for (const made of ["nightly-job-2", "ext-ep-test"]) assert.match(keys()[made], /^[\w-]{32}$/);
    assert.match(output, /"front-end": it is asked/);
  });

  test("leaves what is there as it is, and adds nobody twice", async () => {
    const shipped = readFileSync(inRoot("config", "services.json"), "utf8");
    assert.equal((await run(shipped, example("healthchecks-v3.json"))).code, 0);
    const once = services();
    const { groups } = JSON.parse(once);
    assert.deepEqual(groups[0].services, ["website", "database", "database-backup"]);
    assert.equal(groups[0].uptimeThresholdSet, "strict");
    const again = await run(once, example("healthchecks-v3.json"));
    assert.equal(again.code, 1);
    assert.match(again.output, /"filesystem-backup" is in config\/services\.json already/);
    assert.equal(services(), once);
  });

  test("as a dry run says the same and writes nothing", async () => {
    const { code, output } = await run(kEmpty, example("gatus.yaml"), "--dry-run");
    assert.equal(code, 0);
    assert.match(output, /"Nightly Job" as nightly-job: [^]*\nNothing was written\.\n$/);
    assert.equal(services(), kEmpty);
    assert.equal(readFileSync(file(".production.vars"), "utf8"), "");
  });

  test("that would make the configuration faulty is taken back", async () => {
    const checks = Array.from({ length: 10_001 }, () => ({ name: "many", timeout: 60, grace: 0 }));
    writeFileSync(file("many.json"), JSON.stringify({ checks }));
    const { code, output } = await run(kEmpty, "many.json");
    assert.equal(code, 1);
    assert.match(output, /the configuration has faults, so none was added\.\n[^]*at most 10000 are possible/);
    assert.equal(services(), kEmpty);
    assert.equal(readFileSync(file(".production.vars"), "utf8"), "");
  });

  test("of what is none of these files is refused with a sentence", async () => {
    for (const [name, text, said] of [
      ["null.json", "null", /null\.json is none of these/],
      ["list.json", "[]", /list\.json is none of these/],
      ["broken.json", '{"checks":[}', /broken\.json: line 1, column 12: a value is missing here\n$/],
      ["deep.json", `{"checks":${"[".repeat(100_000)}`, /deep\.json/],
      ["broken.yaml", "endpoints:\n  - name: [", /broken\.yaml: line 2, column \d+: /],
      ["bomb.yaml", bomb(), /bomb\.yaml: /],
      ["empty.yml", "", /empty\.yml is none of these/],
      ["not.db", `SQLite format 3\0${"x".repeat(200)}`, /not\.db could not be read as the database/],
    ]) {
      writeFileSync(file(name), text);
      const { code, output } = await run(kEmpty, name);
      assert.equal(code, 1, name);
      assert.match(output, said);
      assert.doesNotMatch(output, /\n +at |node:internal/, name);
    }
    assert.match((await run(kEmpty, "absent.json")).output, /absent\.json is not there\.\n$/);
    assert.match((await run(kEmpty, "null.json", "--local")).output, /^--local is for a folder/);
    assert.equal(services(), kEmpty);
  });
});

const bomb = () =>
  Array.from(
    { length: 9 },
    (_, i) =>
      `a${i}: &a${i} [${Array(9)
        .fill(i ? `*a${i - 1}` : "x")
        .join(",")}]`,
  ).join("\n");

test("of fields of any type, what is none of theirs is left out", async () => {
  const odd = [null, 7, "x", [], {}, { name: {} }, { name: "__proto__", tags: "constructor" }];
  const more = [
    { name: "a\u001b[31m\nb", desc: ["x"], tags: {}, timeout: "60", grace: -1, status: 1, ping_url: 5 },
    { name: "数据库", timeout: 1e300 },
    { name: "x".repeat(500), slug: "../../etc", timeout: 0.5 },
    { name: "never", schedule: "* * *", __proto__: { timeout: 60 } },
  ];
  const { services, groups, keys, refused } = await planned({ checks: [...odd, ...more] });
  assert.equal(refused.length, 5, refused.join("\n"));
  assert.deepEqual(
    services.map(({ id }) => id),
    ["service", "service-2", "proto", "a-31m-b", "service-3", "etc"],
  );
  for (const { id, name = "" } of services) {
    assert.match(id, /^[A-Za-z0-9._:-]{1,100}$/);
    assert.match(name, /^\P{Cc}{0,200}$/u);
    assert.match(keys[id], /^[\w-]{32}$/);
  }
  assert.deepEqual(groups, [{ id: "constructor", name: "constructor", services: ["proto"] }]);
  assert.equal(services.find(({ id }) => id === "service-3").stalenessThreshold, 365 * 86_400);
});

test("a schedule's longest pause is never taken too short", async () => {
  const cases = [
    ["* * * * *", 60],
    ["*/5 * * * *", 300],
    ["17 * * * *", 3600],
    ["0 3 * * *", 86_400],
    ["0 */6 * * *", 86_400],
    ["0 3 * * 1-5", 7 * 86_400],
    ["0 3 31 * *", 62 * 86_400],
    ["0 3 1 1 *", 365 * 86_400],
  ];
  const checks = cases.map(([schedule]) => ({ name: "job", schedule, grace: 0 }));
  const { services } = await planned({ checks });
  assert.deepEqual(
    services.map(({ stalenessThreshold }) => stalenessThreshold),
    cases.map(([, seconds]) => seconds),
  );
});

async function planned(json) {
  const name = inRoot("build", "import-test.json");
  writeFileSync(name, JSON.stringify(json));
  return planOf(await readOther(name), { known: new Set(), shortest: 60 });
}

// The tables as Uptime Kuma makes them, as far as they matter here.
function makeDatabase(name) {
  assert.ok(!existsSync(name));
  const { monitorList } = JSON.parse(readFileSync(example("uptime-kuma-backup.json"), "utf8"));
  const database = new DatabaseSync(name);
  database.exec(`CREATE TABLE monitor (id INTEGER PRIMARY KEY AUTOINCREMENT, name VARCHAR(150), active BOOLEAN NOT NULL
    DEFAULT 1, user_id INTEGER, interval INTEGER NOT NULL DEFAULT 20, url TEXT, type VARCHAR(20), weight INTEGER, maxretries
    INTEGER NOT NULL DEFAULT 0, upside_down BOOLEAN NOT NULL DEFAULT 0, retry_interval INTEGER NOT NULL DEFAULT 0,
    push_token VARCHAR(32) DEFAULT NULL, description TEXT, parent INTEGER);
    CREATE TABLE monitor_notification (id INTEGER PRIMARY KEY, monitor_id INTEGER, notification_id INTEGER);
    INSERT INTO monitor_notification (monitor_id, notification_id) VALUES (2, 1)`);
  const insert = database.prepare(`INSERT INTO monitor
    (id, name, active, interval, type, maxretries, retry_interval, push_token, description, parent)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  for (const each of monitorList) {
    const { id, name, interval, type, maxretries = 0, retryInterval = 0 } = each;
    const { pushToken = null, description = null, parent = null } = each;
    insert.run(
      id,
      name,
      each.active ? 1 : 0,
      interval,
      type,
      maxretries,
      retryInterval,
      pushToken,
      description,
      parent,
    );
  }
  database.close();
}

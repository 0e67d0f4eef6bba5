// What is said of files that cannot be read: which, where in it, and why.
import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { jsonFault } from "../../scripts/lib/json.mjs";
import { command, makeStaged } from "./copy.js";

const kLenient = "comments and trailing commas are not allowed";

test("a fault in JSON is told by its own place", () => {
  const cases = [
    ['{"a":1,}', `line 1, column 7: ${kLenient}`],
    ["[1,\n2,\n\n]", `line 2, column 2: ${kLenient}`],
    ['{\n // why\n "a":1}', `line 2, column 2: ${kLenient}`],
    ['{"a":1 /* why */}', `line 1, column 8: ${kLenient}`],
    ['["a"\n "b"]', "line 2, column 2: a comma is missing before this"],
    ['{"a" 1}', "line 1, column 6: a colon is missing before this"],
    ["{a:1}", "line 1, column 2: this is neither a value nor a name in double quotes"],
    ['{"a":"x\ny"}', "line 1, column 6: this text is not closed on its line; its closing quote is missing"],
    ['{"a":1', "line 1, column 7: a closing brace, }, is missing here"],
    ['{"a":1}}', "line 1, column 8: the value ends before this; nothing may follow"],
    ["\ufeff{}", "begins with a byte order mark, which JSON does not allow; save it as UTF-8 without one"],
    [" \n", "is empty; JSON that says nothing is {}"],
  ];
  for (const [text, fault] of cases) assert.equal(jsonFault(text), fault, text);
  for (const text of ["{}", "[1,2]", '{"a":"// no comment,]"}'])
    assert.equal(jsonFault(text), undefined, text);
});

describe("the configuration", () => {
  let copy;
  before(() => (copy = makeStaged()));
  after(() => copy.remove());

  const file = (...parts) => path.join(copy.folder, ...parts);
  async function run(name, ...args) {
    const running = command(copy.folder, name, args, copy.env);
    return { code: await running.ended, output: running.output };
  }
  async function damaged(name, damage) {
    const before = readFileSync(file(name));
    damage(file(name));
    const { code, output } = await run("check-config");
    rmSync(file(name), { recursive: true, force: true });
    writeFileSync(file(name), before);
    assert.equal(code, 1, output);
    return output;
  }

  for (const name of ["services", "notifications", "settings", "dashboard"]) {
    test(`of ${name}.json, a fault is told by its line and column`, async () => {
      const output = await damaged(`config/${name}.json`, (each) => writeFileSync(each, '{\n  "a": {},\n}'));
      assert.equal(
        output,
        `The configuration has faults:\n  - ${name}.json: line 2, column 10: ${kLenient}\n`,
      );
    });
  }

  test("a file that is missing, or a folder, or nobody's to read, is named", async () => {
    const isRoot = process.getuid() === 0; // who may read everything
    for (const [damage, said] of [
      [(each) => rmSync(each), "is not there"],
      [(each) => (rmSync(each), mkdirSync(each)), "is a folder; a file of that name is needed"],
      ...(isRoot ? [] : [[(each) => chmodSync(each, 0), "may not be read by this user"]]),
    ]) {
      const output = await damaged("config/settings.json", damage);
      assert.equal(output, `The configuration has faults:\n  - config/settings.json ${said}.\n`);
    }
  });

  test("a wrangler.toml that is no TOML is told by its line and column", async () => {
    const output = await damaged("wrangler.toml", (each) => writeFileSync(each, 'name = "a"\nmain = shim\n'));
    assert.match(output, /^The configuration has faults:\n  - wrangler\.toml: line 2, column 8: .+\n$/);
  });

  test("a cron that is not the settings' check interval is a fault that says both", async () => {
    const settings = JSON.stringify({ monitoring: { checkIntervalSeconds: 300 } });
    const services = readFileSync(file("config/services.json"), "utf8");
    writeFileSync(file("config/services.json"), services.replace("180", "600"));
    const output = await damaged("config/settings.json", (each) => writeFileSync(each, settings));
    writeFileSync(file("config/services.json"), services);
    assert.match(
      output,
      /wrangler\.toml: crons must be \["\*\/5 \* \* \* \*"\], because checkIntervalSeconds is 300/,
    );
  });

  test("a time zone that nobody knows is a fault with the one that was meant, and slots are told in three", async () => {
    const before = readFileSync(file("config/services.json"), "utf8");
    const schedule = { cron: "30 3 * * *", timezone: "Europe/Berln" };
    const services = (zone) =>
      JSON.stringify({ services: [{ id: "job", schedule: { ...schedule, timezone: zone } }] });
    const output = await damaged("config/services.json", (each) =>
      writeFileSync(each, services("Europe/Berln")),
    );
    assert.match(output, /services\[0\]\.schedule\.timezone: .*did you mean "Europe\/Berlin"\?/);
    writeFileSync(file("config/services.json"), services("US/Eastern")); // an older name
    const told = await run("check-config", "--next", "2");
    writeFileSync(file("config/services.json"), before);
    assert.equal(told.code, 0, told.output);
    assert.match(told.output, /\njob: every day at 03:30 \(US\/Eastern\)\n/);
    assert.equal(told.output.match(/ 03:30:00 US\/Eastern .* UTC\n/g).length, 2);
  });

  test("what is wrong with a new service is told by the option that it came by", async () => {
    const before = readFileSync(file("config/services.json"), "utf8");
    for (const [args, said] of [
      [["a b"], /^The id must be .*\.\n$/],
      [["x".repeat(101)], /^The id must be .*\.\n$/],
      [["mail", "--name", ""], /^--name must be .*\.\n$/],
      [
        ["mail", "--threshold", "59"],
        /^--threshold must be a whole number from 60 to 31536000 \(the check runs every 60 s, by .*\), but is 59\.\n$/,
      ],
      [
        ["mail", "--threshold", "31536001"],
        /^--threshold must be a whole number from 60 to 31536000, but is 31536001\.\n$/,
      ],
      [["mail", "--group", "none"], /^There is no group "none"\. There are: production, internal\.\n$/],
    ]) {
      const { code, output } = await run("add-service", ...args);
      assert.equal(code, 1, output);
      assert.match(output, said);
      assert.equal(readFileSync(file("config/services.json"), "utf8"), before);
    }
  });
});

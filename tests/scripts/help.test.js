// --help of every command in package.json, and what they say on a machine that cannot run them.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { inRoot } from "../../scripts/lib/paths.mjs";
import { command } from "./copy.js";

const { scripts } = JSON.parse(readFileSync(inRoot("package.json"), "utf8"));
const callOf = (name) => (["start", "test"].includes(name) ? `npm ${name}` : `npm run ${name}`);

// A clone in which nothing is installed or built, and from which nothing can be started.
let folder, env;
before(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "heartbeat-help-"));
  for (const name of [
    "bench",
    "config",
    "package.json",
    "package-lock.json",
    "scripts",
    "shim",
    "wrangler.toml",
  ]) {
    cpSync(inRoot(name), path.join(folder, name), { recursive: true });
  }
  env = { ...process.env, PATH: folder };
});
after(() => rmSync(folder, { recursive: true }));

async function run(name, args, more = {}) {
  const running = command(folder, name, args, { ...env, ...more });
  return { code: await running.ended, output: running.output };
}

for (const [name, line] of Object.entries(scripts)) {
  test(`${callOf(name)} -- --help shows a page, and does nothing else`, async () => {
    assert.equal(line, `node scripts/${name.replace(":", "-")}.mjs`);
    for (const args of [["--help"], ["-h"], ["something", "--help"]]) {
      const { code, output } = await run(name, args);
      assert.equal(code, 0, output);
      assert.ok(output.startsWith(callOf(name)), output);
      assert.ok(output.split("\n").length > 4 && output.includes(`\n  ${callOf(name)}`), "it has an example");
      assert.doesNotMatch(output, /\n\s+at |undefined/);
      for (const row of output.split("\n")) assert.ok(row.length <= 120, row);
    }
  });
}

// Those that hand on what they do not know hand it to wrangler, workerd or nobody.
for (const name of Object.keys(scripts).filter((each) => !["deploy", "tail", "bench"].includes(each))) {
  test(`${callOf(name)} names an option that it does not have, and where the right ones are`, async () => {
    const { code, output } = await run(name, ["--nmae"]);
    assert.equal(code, 1);
    assert.ok(output.endsWith(`More: ${callOf(name)} -- --help\n`), output);
    assert.equal(output.trimEnd().split("\n").length, 1);
  });
}

test("on Windows each command says in one sentence where it runs", async () => {
  const file = path.join(folder, "windows.mjs");
  writeFileSync(file, 'Object.defineProperty(process, "platform", { value: "win32" });\n');
  for (const name of Object.keys(scripts)) {
    const { code, output } = await run(name, [], { NODE_OPTIONS: `--import ${pathToFileURL(file)}` });
    assert.deepEqual(
      [code, output],
      [1, "This needs Linux, macOS or WSL (Windows Subsystem for Linux).\n"],
      name,
    );
  }
});

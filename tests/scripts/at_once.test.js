// Commands that run at the same time in one copy of the repository, and what is served while it is built anew.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { appendFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { after, before, test } from "node:test";
import { command, makeStaged, printed } from "./copy.js";

let copy;
before(() => (copy = makeStaged()));
after(() => copy.remove());

const inCopy = (...parts) => path.join(copy.folder, ...parts);
const run = (name, args) => command(copy.folder, name, args, copy.env);

async function succeed(running) {
  for (const each of running) assert.equal(await each.ended, 0, each.output);
}

// Looks at what is built, again and again, until the job is done; resolves to the faults that it met.
async function watching(job) {
  let isDone = false;
  const faults = new Set();
  const done = job.finally(() => (isDone = true));
  while (!isDone) {
    for (const fault of faultsOfSite()) faults.add(fault);
    await setTimeout(1);
  }
  await done;
  return [...faults];
}

// A site is whole when all that the page names is there, and the core is one.
function faultsOfSite() {
  const page = read("build/page.html");
  const files = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(
    ([, name]) => `build/site${name}`,
  );
  const faults = files.length >= 3 ? [] : ["the page names no files"];
  for (const file of [...files, "build/site/_headers"]) if (read(file) === "") faults.push(`no ${file}`);
  if (!WebAssembly.validate(readFileSync(inCopy("build", "core.wasm")))) faults.push("no core");
  return faults;
}

const read = (file) => (existsSync(inCopy(file)) ? readFileSync(inCopy(file), "utf8") : "");

test("what is served stays whole while several build the same anew", async () => {
  await succeed([run("build")]);
  const names = ["build", "check-config", "build", "check-config", "build"];
  assert.deepEqual(await watching(succeed(names.map((name) => run(name)))), []);
});

test("what is served stays whole while it becomes another, of which nothing old is left", async () => {
  const before = readdirSync(inCopy("build", "site", "assets"));
  appendFileSync(inCopy("dashboard", "theme.ts"), '\ndocument.title = "another";\n');
  appendFileSync(inCopy("dashboard", "style", "base.css"), "\nb { color: red }\n");
  assert.deepEqual(await watching(succeed([run("build"), run("build")])), []);
  const now = readdirSync(inCopy("build", "site", "assets"));
  assert.equal(now.length, before.length);
  assert.equal(now.filter((name) => before.includes(name)).length, 1); // the application
});

test("what is built already is left alone", async () => {
  const files = ["build/core.wasm", "build/page.html", "build/site/_headers"].map((file) => inCopy(file));
  const times = () => files.map((file) => statSync(file).mtimeMs);
  const before = times();
  await succeed([run("build")]);
  assert.deepEqual(times(), before);
});

test("checking the configuration and adding a service build no dashboard", async () => {
  writeFileSync(inCopy("build", "page.html"), "as it was");
  await succeed([run("check-config")]);
  await succeed([run("add-service", ["mail"])]);
  assert.equal(read("build/page.html"), "as it was");
});

const holding = `import { exclusively } from "./scripts/lib/exclusive.mjs";
await exclusively(async () => { console.log("its turn"); await new Promise((resolve) => setInterval(resolve, 1e9)); });`;

test("a build waits for another one, says so, and goes on when that one is killed", async () => {
  const other = spawn(process.execPath, ["--input-type=module", "-e", holding], { cwd: copy.folder });
  await new Promise((resolve) => other.stdout.once("data", resolve));
  const waiting = [run("check-config"), run("build")];
  for (const each of waiting) await printed(each, "Waiting for another command …\n");
  other.kill("SIGKILL");
  await succeed(waiting);
});

test("services that are added at the same time are all added, each with a key", async () => {
  const ids = ["one", "two", "three"];
  await succeed(ids.map((id) => run("add-service", [id])));
  const { services } = JSON.parse(read("config/services.json"));
  for (const id of ids) assert.ok(services.some((service) => service.id === id));
  for (const id of ids) assert.match(read(".production.vars"), new RegExp(`"${id}":`));
});

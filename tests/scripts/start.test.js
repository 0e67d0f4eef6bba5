// npm start as a person meets it, in a copy of the repository that is built; one story, told in order.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { command, freePort, makeStaged, printed } from "./copy.js";
import { familyOf, isAlive } from "./processes.js";

const kLastLine = "Ctrl-C stops it";

let copy;
let port;
let url;
let monitor;

before(async () => {
  copy = makeStaged();
  port = await freePort();
  url = `http://127.0.0.1:${port}`;
});

after(async () => {
  monitor?.kill("SIGTERM");
  await monitor?.ended;
  copy.remove();
});

const start = () => command(copy.folder, "start", ["--port", String(port)], copy.env);
const file = (...parts) => path.join(copy.folder, ...parts);
const status = async () => (await fetch(`${url}/api/status`)).json();

async function startMonitor() {
  monitor = start();
  await printed(monitor, kLastLine);
}

async function stopMonitor(signal) {
  const family = familyOf(monitor.pid);
  monitor.kill(signal);
  const code = await monitor.ended;
  monitor = undefined;
  return { code, family };
}

const pastedLine = () => monitor.output.match(/^ +(curl .*)$/m)[1];

test("a fresh copy becomes a running monitor that names its dashboard", async () => {
  await startMonitor();
  assert.match(monitor.output, new RegExp(`Dashboard: ${url}/`));
  assert.ok(existsSync(file(".dev.vars")), "the secrets were made from the example");
  assert.equal((await fetch(`${url}/`)).status, 200);
});

test("there has been a check before anybody waited for one", async () => {
  assert.notEqual((await status()).summary, null);
});

test("the printed curl line works as pasted, and the next check finds the service up", async () => {
  const answer = JSON.parse(
    execFileSync("sh", ["-c", pastedLine()], { stdio: ["ignore", "pipe", "ignore"] }),
  );
  assert.equal(answer.success, true);
  await checkInMinutes(1);
  assert.equal((await status()).summary.servicesUp, 1);
});

async function checkInMinutes(count) {
  const time = (Math.floor(Date.now() / 60_000) + count) * 60_000;
  const query = new URLSearchParams({ cron: "* * * * *", time });
  assert.equal((await fetch(`${url}/cdn-cgi/local/scheduled?${query}`)).status, 200);
}

test("a second monitor on the same port is refused with a sentence", async () => {
  const second = start();
  assert.equal(await second.ended, 1);
  assert.match(second.output, new RegExp(`^Port ${port} is in use\\..*--port ${port + 1}\\n$`));
});

test("Ctrl-C ends the monitor and everything it has started", async () => {
  const { code, family } = await stopMonitor("SIGINT");
  assert.equal(code, 0);
  assert.ok(family.length > 2, "wrangler and workerd were running");
  assert.deepEqual(family.filter(isAlive), []);
});

test("a second start still knows the service", async () => {
  await startMonitor();
  assert.equal((await status()).summary.servicesUp, 1);
});

test("being terminated ends everything, too", async () => {
  const { family } = await stopMonitor("SIGTERM");
  assert.deepEqual(family.filter(isAlive), []);
});

for (const name of ["start", "check-config", "build", "deploy"]) {
  test(`${name} lists all faults of the configuration and goes no further`, async () => {
    await withServices({ services: [{ id: "a" }, { id: "a" }, { name: "nameless" }] }, async () => {
      const { output, code } = await ended(command(copy.folder, name, [], copy.env));
      assert.equal(code, 1, output);
      assert.match(output, /The configuration has faults:\n {2}- .*services.*\n {2}- .*services/);
    });
  });
}

async function ended(running) {
  const code = await running.ended;
  return { code, output: running.output };
}

async function withServices(services, job) {
  const original = readFileSync(file("config", "services.json"));
  writeFileSync(file("config", "services.json"), JSON.stringify(services));
  await job().finally(() => writeFileSync(file("config", "services.json"), original));
}

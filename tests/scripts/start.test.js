// npm start as a person meets it, in a copy of the repository that is built; one story, told in order.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import net from "node:net";
import path from "node:path";
import { after, before, test } from "node:test";
import util from "node:util";
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

const start = (at = port) => command(copy.folder, "start", ["--port", String(at)], copy.env);
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
// What it prints; it throws when the heartbeat is not taken.
const pasted = () =>
  execFileSync("sh", ["-c", pastedLine()], { stdio: ["ignore", "pipe", "pipe"], encoding: "utf8" });

test("a fresh copy becomes a running monitor that names its dashboard", async () => {
  await startMonitor();
  assert.match(monitor.output, new RegExp(`Dashboard: ${url}/`));
  assert.equal((await fetch(`${url}/`)).status, 200);
});

test("its keys are its own, and for this user's eyes alone", () => {
  assert.equal(statSync(file(".dev.vars")).mode & 0o777, 0o600);
  const [made, example] = [".dev.vars", ".dev.vars.example"].map((name) =>
    util.parseEnv(readFileSync(file(name), "utf8")),
  );
  const key = JSON.parse(made.API_KEYS)["*"];
  for (const each of [key, made.ALERT_API_KEY]) {
    assert.match(each, /^[\w-]{32}$/);
    assert.ok(!JSON.stringify(example).includes(each));
  }
  assert.ok(pastedLine().includes(`Bearer ${key}`));
});

test("there has been a check before anybody waited for one", async () => {
  assert.notEqual((await status()).summary, null);
});

test("the printed curl line works as pasted, prints nothing, and the next check finds the service up", async () => {
  assert.equal(pasted(), "");
  await checkInMinutes(1);
  assert.equal((await status()).summary.servicesUp, 1);
});

async function checkInMinutes(count) {
  const time = (Math.floor(Date.now() / 60_000) + count) * 60_000;
  const query = new URLSearchParams({ cron: "* * * * *", time });
  assert.equal((await fetch(`${url}/cdn-cgi/local/scheduled?${query}`)).status, 200);
}

test("a message of a service is one line, whatever stands in it", async () => {
  const seen = monitor.output.length;
  const message = 'a\nb\r\u001b[31mred\u009b0m\u202e\u2028{"level":"info","message":"forged"}';
  const body = JSON.stringify({ status: "down", message });
  const headers = { Authorization: `Bearer ${keyOf(".dev.vars")}`, "Content-Type": "application/json" };
  const answer = await fetch(`${url}/api/heartbeat/website`, { method: "POST", headers, body });
  assert.equal(answer.status, 200);
  await checkInMinutes(2);
  await printed(monitor, "is down");
  const escaped = String.raw`a\nb\r\u001b[31mred\u009b0m\u202e\u2028{"level":"info","message":"forged"}`;
  const lines = monitor.output.slice(seen).split("\n").filter(Boolean);
  assert.match(
    lines.find((line) => line.includes("is down")),
    /^\d\d:\d\d:\d\d warn  Website is down\. /,
  );
  assert.ok(
    lines.some((line) => line.endsWith(escaped)),
    lines.join("\n"),
  );
});

const keyOf = (name) => JSON.parse(util.parseEnv(readFileSync(file(name), "utf8")).API_KEYS)["*"];

test("a second monitor of the folder is refused, whatever its port, and told where the first is", async () => {
  for (const at of [port, await freePort()]) {
    const { code, output } = await ended(start(at));
    assert.equal(code, 1);
    assert.equal(
      output,
      `The monitor of this folder runs already at ${url}/ (process ${monitor.pid}). ` +
        `To stop it: Ctrl-C where it was started, or kill ${monitor.pid}\n`,
    );
  }
});

test("the documents of a monitor that runs are left alone", async () => {
  mkdirSync(file("moving"));
  writeFileSync(file("moving", "monitor-latest.json"), "{}");
  for (const [name, ...args] of [["backup"], ["restore", "moving"], ["import", "moving"]]) {
    const { code, output } = await ended(command(copy.folder, name, [...args, "--local"], copy.env));
    assert.equal(code, 1);
    assert.match(output, /^The monitor of this folder runs already at /m, name);
  }
  assert.equal(pasted(), "");
});

test("a fault in a file that is edited is said, and the monitor goes on as it was", async () => {
  await withServices('{\n  "services": [{ "id": "website" }],\n}', async () => {
    const seen = monitor.output.length;
    await printed(monitor, "The monitor goes on as it was.\n");
    assert.equal(
      monitor.output.slice(seen),
      "The configuration has faults:\n" +
        "  - services.json: line 2, column 36: comments and trailing commas are not allowed\n" +
        "The monitor goes on as it was.\n",
    );
    assert.equal((await status()).summary.totalServices, 3);
  });
  const services = { services: [{ id: "website", name: "Another name" }] };
  await withServices(JSON.stringify(services), async () => {
    await printed(monitor, "The monitor has what was changed.");
    while ((await status()).summary.totalServices !== 1) await new Promise(setImmediate);
  });
});

test("a key that is edited counts at once", async () => {
  const before = readFileSync(file(".dev.vars"), "utf8");
  const beat = async (key) => {
    const headers = { Authorization: `Bearer ${key}` };
    return (await fetch(`${url}/api/heartbeat/website`, { method: "POST", headers })).status;
  };
  assert.equal(await beat("another-key"), 401);
  writeFileSync(file(".dev.vars"), 'API_KEYS={"*":"another-key"}\nALERT_API_KEY=key\n');
  while ((await beat("another-key")) !== 200) await new Promise(setImmediate);
  writeFileSync(file(".dev.vars"), before);
  while ((await beat("another-key")) !== 401) await new Promise(setImmediate);
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

test("a monitor that was killed does not block the next, which ends what is left of it", async () => {
  await startMonitor();
  const { family } = await stopMonitor("SIGKILL");
  assert.ok(family.filter(isAlive).length > 1, "wrangler and workerd have survived");
  await startMonitor();
  assert.match(monitor.output, /^Ended what a killed npm start had left behind\.\n/);
  assert.deepEqual(family.filter(isAlive), []);
  assert.equal((await status()).summary.totalServices, 3);
  await stopMonitor("SIGINT");
});

test("once it is stopped, its documents can be saved", async () => {
  const { code, output } = await ended(command(copy.folder, "backup", [file("saved"), "--local"], copy.env));
  assert.equal(code, 0, output);
  assert.ok(readdirSync(file("saved")).includes("monitor-latest.json"));
});

test("a port that another program has is not taken, and a free one is named", async () => {
  const other = net.createServer();
  await new Promise((resolve) => other.listen(port, "127.0.0.1", resolve));
  const { code, output } = await ended(start());
  await new Promise((resolve) => other.close(resolve));
  assert.equal(code, 1);
  assert.match(
    output,
    new RegExp(`^Port ${port} is in use by another program\\. .* npm start -- --port \\d+\\n$`),
  );
});

test("keys that are missing in .dev.vars are made, and the rest of it stays", async () => {
  writeFileSync(file(".dev.vars"), "# mine\nAPI_KEYS=\nMONITOR_PING_URL=http://127.0.0.1:1/\n");
  await startMonitor();
  assert.match(monitor.output, /^Made what was empty in \.dev\.vars: API_KEYS, ALERT_API_KEY\.\n/);
  assert.match(
    readFileSync(file(".dev.vars"), "utf8"),
    /^# mine\nAPI_KEYS=\{"\*":"[\w-]{32}"\}\nMONITOR_PING_URL=\S+\nALERT_API_KEY=[\w-]{32}\n$/,
  );
  assert.equal(pasted(), "");
  await stopMonitor("SIGTERM");
});

test("keys that are no JSON are refused by their place", async () => {
  writeFileSync(file(".dev.vars"), 'A=1\nAPI_KEYS={"*" "key"}\n');
  const { code, output } = await ended(start());
  assert.equal(code, 1);
  assert.match(
    output,
    /^API_KEYS in \.dev\.vars is not JSON .*: line 2, column 15: a colon is missing before this\n$/,
  );
  writeFileSync(file(".dev.vars"), 'API_KEYS={"*":"key"}\nALERT_API_KEY=key\n');
});

for (const name of ["start", "check-config", "build", "deploy"]) {
  test(`${name} lists all faults of the configuration and goes no further`, async () => {
    const services = { services: [{ id: "a" }, { id: "a" }, { name: "nameless" }] };
    await withServices(JSON.stringify(services), async () => {
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

async function withServices(text, job) {
  const original = readFileSync(file("config", "services.json"));
  writeFileSync(file("config", "services.json"), text);
  await job().finally(() => writeFileSync(file("config", "services.json"), original));
}

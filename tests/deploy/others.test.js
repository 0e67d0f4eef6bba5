// Workers beside the usual one: of another name, of an environment, at a route.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openSite } from "./site.js";

let site, cloudflare;
before(async () => {
  site = await openSite();
  cloudflare = site.cloudflare;
});
after(() => site?.close());

const names = () => cloudflare.account.workers.map(({ name }) => name);
const verifiedAt = () => cloudflare.hosts.at(-1);

async function succeed(name, args) {
  const { code, output } = await site.run(name, args);
  assert.equal(code, 0, output);
  return output;
}

test("a machine that is thrown away makes no keys, and says who does", async () => {
  const { code, output } = await site.run("deploy", [], { CI: "true" });
  assert.equal(code, 0, output);
  assert.match(output, /The monitor has no keys yet\. On your own machine: npm run keys -- --put/);
  assert.match(output, /It answers\. No key of a service is here/);
  assert.ok(!site.has(".production.vars"));
});

test("the machine at home makes them afterwards", async () => {
  assert.match(await succeed("deploy"), /Heartbeats of all 3 services/);
});

test("an environment without bindings is refused before anything is asked, with the lines that it lacks", async () => {
  site.change("wrangler.toml", (toml) => `${toml}\n[env.staging]\n`);
  const calls = cloudflare.calls.length;
  const { code, output } = await site.run("deploy", ["--env", "staging"]);
  assert.equal(code, 1);
  assert.equal(cloudflare.calls.length, calls);
  const lines = output.slice(output.indexOf("\n[") + 1);
  assert.match(lines, /^\[\[env\.staging\.kv_namespaces\]\]\nbinding = "HEARTBEAT_KV"\n/);
  site.change("wrangler.toml", (toml) => `${toml}\n${lines}`);
});

test("with them it is a monitor of its own, with keys of its own", async () => {
  assert.match(await succeed("deploy", ["--env", "staging"]), /Heartbeats of all 3 services/);
  assert.deepEqual(names(), ["heartbeat-monitor", "heartbeat-monitor-staging"]);
  assert.equal(verifiedAt(), "heartbeat-monitor-staging.example.workers.dev");
  const file = ".production.vars.heartbeat-monitor-staging";
  assert.notDeepEqual(site.keys(file), site.keys());
  assert.deepEqual(cloudflare.account.secrets("heartbeat-monitor-staging"), site.vars(file));
  await succeed("keys", ["website", "--put", "--env", "staging"]);
  assert.deepEqual(cloudflare.account.secrets("heartbeat-monitor-staging"), site.vars(file));
  assert.deepEqual(cloudflare.account.secrets("heartbeat-monitor"), site.vars());
});

test("an environment that is not there is refused", async () => {
  const { code, output } = await site.run("deploy", ["-e", "stagnig"]);
  assert.deepEqual(
    [code, output],
    [1, "There is no [env.stagnig] in wrangler.toml. DEPLOY.md says what it has to hold.\n"],
  );
});

test("of another name it is another monitor", async () => {
  const output = await succeed("deploy", ["--name", "another"]);
  assert.doesNotMatch(output, /second monitor/);
  assert.equal(verifiedAt(), "another.example.workers.dev");
  assert.deepEqual(cloudflare.account.secrets("another"), site.vars(".production.vars.another"));
});

test("keys are put nowhere before there is a monitor", async () => {
  const { code, output } = await site.run("keys", ["--put", "--name", "nobody"]);
  assert.equal(code, 1);
  assert.match(output, /The monitor is not deployed yet/);
  assert.ok(!names().includes("nobody"));
});

test("a route is an address, and the one that is tried", async () => {
  site.change("wrangler.toml", (toml) =>
    toml.replace(
      "workers_dev = true",
      'workers_dev = false\nroutes = [{ pattern = "status.site.example/*", zone_name = "site.example" }]',
    ),
  );
  const output = await succeed("deploy");
  assert.match(output, /Heartbeats of all 3 services[^]*\nDashboard: https:\/\/status\.site\.example\/\n$/);
  assert.equal(verifiedAt(), "status.site.example");
});

test("what is deleted and deployed again has its history", async () => {
  const [{ id }] = cloudflare.account.namespaces;
  const { code, output } = await site.wrangler("delete", "--name", "heartbeat-monitor", "--force");
  assert.equal(code, 0, output);
  assert.match(await succeed("deploy"), /heartbeat-kv" is there already/);
  const kv = cloudflare.account
    .deployed("heartbeat-monitor")
    .bindings.find(({ type }) => type === "kv_namespace");
  assert.equal(kv.namespace_id, id);
});

test("a changed name is a second monitor, which is said before anything is uploaded", async () => {
  site.change("wrangler.toml", (toml) =>
    toml
      .replace('name = "heartbeat-monitor"', 'name = "status"')
      .replace(/^routes = .*\n/m, "")
      .replace("workers_dev = false", "workers_dev = true"),
  );
  const output = await succeed("deploy");
  assert.match(
    output,
    /"status" will be a second monitor, with an empty store\. "heartbeat-monitor" goes on at https:\/\/status\.site\.example, [^]*Total Upload/,
  );
  assert.ok(["heartbeat-monitor", "status"].every((name) => names().includes(name)));
  assert.equal(verifiedAt(), "status.example.workers.dev");
});

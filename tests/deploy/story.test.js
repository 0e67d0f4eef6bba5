// The life of a monitor, told in order: real wrangler, the Workers that it uploads running in workerd, a stand-in for
// Cloudflare around them.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Refusal } from "./account.js";
import { openSite } from "./site.js";

const kName = "heartbeat-monitor";
const kHost = "heartbeat-monitor.example.workers.dev";
const kServices = ["website", "database", "nightly-backup"];

let site, cloudflare;
before(async () => {
  site = await openSite();
  cloudflare = site.cloudflare;
});
after(() => site?.close());

const account = () => cloudflare.account;
const versions = () => account().worker(kName).versions.length;

async function succeed(name, args, env) {
  const { code, output } = await site.run(name, args, env);
  assert.equal(code, 0, output);
  assert.doesNotMatch(output, /WARNING|\n\s+at .*:\d+:\d+/, "no warning, and no stack trace");
  return output;
}

async function json(path, { host = kHost, key, ...init } = {}) {
  const headers = key ? { Authorization: `Bearer ${key}` } : {};
  const response = await cloudflare.fetch(host, path, { ...init, headers });
  return { status: response.status, body: await response.json() };
}

const beat = (id, key, host) => json(`/api/heartbeat/${id}`, { method: "POST", key, host });
const seen = async (id) => (await states()).find(({ serviceId }) => serviceId === id).lastSeen;
async function states() {
  await cloudflare.check(kName);
  return (await json("/api/status")).body.summary.results;
}
const beatsOfCommands = () =>
  cloudflare.requests.filter((request) => request.startsWith("POST /api/heartbeat"));

test("a dry run builds, and asks for nothing", async () => {
  await succeed("deploy", ["--dry-run"]);
  assert.deepEqual(cloudflare.calls, []);
  assert.ok(!site.has(".production.vars"));
});

test("an upload that is refused fails with what Cloudflare says, and leaves a namespace behind", async () => {
  cloudflare.refuses = (call) =>
    call === `PUT /workers/scripts/${kName}`
      ? new Refusal(403, 10063, "Verify your e-mail address.")
      : undefined;
  const { code, output } = await site.run("deploy");
  cloudflare.refuses = () => undefined;
  assert.equal(code, 1);
  assert.match(output, /Verify your e-mail address\.[^]*wrangler could not deploy\./);
  assert.equal(account().namespaces.length, 1);
});

test("the next one uses the namespace, and uploads code and keys as one version, which is seen working", async () => {
  cloudflare.lagFor(kName, 3);
  const output = await succeed("deploy");
  assert.match(
    output,
    /"heartbeat-monitor-heartbeat-kv" is there already, with whatever it holds: it is used\./,
  );
  assert.match(output, /Heartbeats of all 3 services .* tried, stored, read back, and counted for nobody\./);
  assert.match(output, new RegExp(`\nDashboard: https://${kHost}/\n$`));
  assert.equal(account().namespaces.length, 1);
  assert.equal(versions(), 1);
  assert.deepEqual(Object.keys(site.keys()), kServices);
  assert.deepEqual(account().secrets(kName), site.vars());
  assert.ok(!site.has(".wrangler.linked.json"));
});

test("nobody was heard by that, and nobody goes down", async () => {
  assert.deepEqual(beatsOfCommands(), []);
  assert.deepEqual(
    (await states()).map(({ status, lastSeen }) => [status, lastSeen ?? null]),
    kServices.map(() => ["unknown", null]),
  );
  const { alerts } = (await json("/api/alerts/recent", { key: site.vars().ALERT_API_KEY })).body;
  assert.deepEqual(alerts, []);
});

test("a deploy of the same sends no secret, and waits until the version is everywhere", async () => {
  const { timestamp } = (await beat("website", site.keys().website)).body;
  const secrets = account().secrets(kName);
  cloudflare.lagFor(kName, 2);
  await succeed("deploy");
  assert.equal(versions(), 2);
  assert.deepEqual(account().secrets(kName), secrets);
  assert.equal(await seen("website"), timestamp, "it has neither lost a heartbeat nor made one up");
});

test("a key is changed in one version: the old one is refused, the new one accepted", async () => {
  const old = site.keys().website;
  await succeed("keys", ["website", "--put"]);
  assert.equal(versions(), 3);
  assert.equal((await beat("website", old)).status, 401);
  assert.equal((await beat("website", site.keys().website)).status, 200);
});

test("a service and its key come with the same version", async () => {
  await succeed("add-service", ["mail", "--group", "production"]);
  assert.match(await succeed("deploy"), /Heartbeats of all 4 services/);
  assert.equal(versions(), 4);
  assert.equal((await beat("mail", site.keys().mail)).status, 200);
});

test("secrets that another machine has put stay", async () => {
  const { code, output } = await site.wrangler("secret", "put", "MONITOR_PING_URL");
  assert.equal(code, 0, output);
  await succeed("deploy");
  assert.ok("MONITOR_PING_URL" in account().secrets(kName));
  assert.equal(account().secrets(kName).API_KEYS, site.vars().API_KEYS);
});

test("a backup is what the Worker has published, and comes back", async () => {
  await cloudflare.check(kName, Date.now() + 600_000);
  await succeed("backup", [site.path("saved")]);
  const [{ id }] = account().namespaces;
  assert.equal(site.read("saved", "monitor-latest.json"), await cloudflare.kv(id, "get", "monitor:latest"));
  await succeed("restore", [site.path("saved")]);
});

test("a rollback brings back code and secrets, and loses no heartbeat", async () => {
  const before = await seen("website");
  const first = account().worker(kName).versions[0];
  const { code, output } = await site.wrangler("rollback", first.id, "--yes", "--message", "back");
  assert.equal(code, 0, output);
  const { API_KEYS } = account().secrets(kName);
  assert.notEqual(API_KEYS, site.vars().API_KEYS);
  assert.equal(await seen("website"), before);
  assert.equal((await beat("website", JSON.parse(API_KEYS).website)).status, 200);
});

test("a deploy after that says that the keys of this machine are not those in use, and how they get there", async () => {
  const { code, output } = await site.run("deploy");
  assert.equal(code, 1);
  assert.match(output, /\n {2}- website: Invalid API key\n[^]*npm run keys -- --put\n$/);
  await succeed("keys", ["--put"]);
  await succeed("deploy");
});

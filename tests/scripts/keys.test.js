// npm run keys and npm run add-service, in a staged copy.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, beforeEach, test } from "node:test";
import util from "node:util";
import { withKeys } from "../../scripts/lib/production-vars.mjs";
import { withService } from "../../scripts/lib/services-file.mjs";
import { command, makeStaged } from "./copy.js";

let copy;
before(() => (copy = makeStaged()));
after(() => copy.remove());

const inCopy = (...parts) => path.join(copy.folder, ...parts);
const read = (...parts) => readFileSync(inCopy(...parts), "utf8");
const secrets = () => util.parseEnv(read(".production.vars"));
const keys = () => JSON.parse(secrets().API_KEYS);
const inCloudflare = () => JSON.parse(read("stand-in", "cloudflare", "secrets.json"));

async function run(name, ...args) {
  const running = command(copy.folder, name, args, copy.env);
  return { code: await running.ended, output: running.output };
}

async function succeed(name, ...args) {
  const { code, output } = await run(name, ...args);
  assert.equal(code, 0, output);
  return output;
}

const services = readFileSync(path.join(import.meta.dirname, "../../config/services.json"), "utf8");
beforeEach(() => {
  writeFileSync(inCopy("config", "services.json"), services);
  rmSync(inCopy(".production.vars"), { force: true });
  rmSync(inCopy("stand-in", "cloudflare"), { recursive: true, force: true });
});

test("keys are made for what has none, printed, and kept where only their owner reads", async () => {
  const output = await succeed("keys");
  const { website, ...others } = keys();
  assert.match(website, /^[\w-]{32}$/);
  assert.deepEqual(Object.keys(others), ["database", "nightly-backup"]);
  assert.match(secrets().ALERT_API_KEY, /^[\w-]{32}$/);
  assert.ok(output.includes(`website: ${website}\n`));
  assert.equal(statSync(inCopy(".production.vars")).mode & 0o777, 0o600);
  assert.deepEqual(copy.calls(), [], "nothing was put");
});

test("once every service has one, none is made", async () => {
  await succeed("keys");
  const first = read(".production.vars");
  assert.match(await succeed("keys"), /^Every service has a key/);
  assert.equal(read(".production.vars"), first);
});

test("a key that is named is made anew, the others stay", async () => {
  writeFileSync(inCopy(".production.vars"), `API_KEYS='{"*":"a","website":"w"}'\nOTHER="it's # one"\n`);
  const output = await succeed("keys", "website", "production", "ALERT_API_KEY");
  const { website, production, ...others } = keys();
  assert.deepEqual(others, { "*": "a" });
  assert.notEqual(website, "w");
  assert.ok(output.includes(`production: ${production}\n`));
  assert.equal(secrets().OTHER, "it's # one");
  assert.equal(statSync(inCopy(".production.vars")).mode & 0o777, 0o600);
});

test("a name of nothing that has a key is refused", async () => {
  const { code, output } = await run("keys", "wbsite");
  assert.deepEqual([code, existsSync(inCopy(".production.vars"))], [1, false]);
  assert.match(output, /^Not in config\/services\.json: wbsite\./);
});

test("--put hands all secrets to wrangler, through its input and not its arguments", async () => {
  writeFileSync(inCopy(".production.vars"), "NOTIFICATION_SLACK_WEBHOOKURL=https://hooks.example/x\n");
  await deployed({});
  await succeed("keys", "--put");
  assert.deepEqual(inCloudflare(), secrets());
  assert.equal(inCloudflare().NOTIFICATION_SLACK_WEBHOOKURL, "https://hooks.example/x");
  assert.ok(!JSON.stringify(copy.calls()).includes(keys().website));
});

test("keys that others have put are not replaced by a file that may lack them, unless that is said", async () => {
  await deployed({ API_KEYS: '{"*":"of-another-machine"}' });
  const { code, output } = await run("keys", "--put");
  assert.equal(code, 1);
  assert.match(output, /--put --replace/);
  assert.equal(inCloudflare().API_KEYS, '{"*":"of-another-machine"}');
  await succeed("keys", "--put", "--replace");
  assert.equal(inCloudflare().API_KEYS, secrets().API_KEYS);
  await succeed("keys", "website", "--put");
  assert.equal(inCloudflare().API_KEYS, secrets().API_KEYS, "from then on this file has them all");
});

function deployed(having) {
  execFileSync("mkdir", ["-p", inCopy("stand-in", "cloudflare")]);
  writeFileSync(inCopy("stand-in", "cloudflare", "secrets.json"), JSON.stringify(having));
}

test("before the first deploy --put says so", async () => {
  const { code, output } = await run("keys", "--put");
  assert.equal(code, 1);
  assert.match(output, /^The monitor is not deployed yet, and its first deploy puts them: npm run deploy$/m);
});

test("a file that is no JSON is not written over", async () => {
  writeFileSync(inCopy(".production.vars"), "API_KEYS=website:abc\n");
  const { code, output } = await run("keys");
  assert.equal(code, 1);
  assert.match(output, /^API_KEYS in \.production\.vars is not JSON/);
  assert.equal(read(".production.vars"), "API_KEYS=website:abc\n");
});

test("where git would see the keys, none are written", async () => {
  const git = (...args) => execFileSync("git", args, { cwd: copy.folder });
  git("init", "-q");
  const ignored = read(".gitignore");
  writeFileSync(inCopy(".gitignore"), "");
  try {
    const { code, output } = await run("keys");
    assert.deepEqual([code, existsSync(inCopy(".production.vars"))], [1, false]);
    assert.match(output, /^git would see \.production\.vars\./);
    writeFileSync(inCopy(".gitignore"), ignored);
    await succeed("keys");
    assert.ok(!git("status", "--porcelain", "-uall").toString().includes("vars\n"));
  } finally {
    writeFileSync(inCopy(".gitignore"), ignored);
    rmSync(inCopy(".git"), { recursive: true });
  }
});

test("more keys than a secret holds go on in the next one, and come back from there", () => {
  const many = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`service-${i}`, "k".repeat(32)]));
  const put = withKeys({ OTHER: "x", API_KEYS_9: "{}" }, many);
  assert.deepEqual(Object.keys(put).toSorted(), ["API_KEYS", "API_KEYS_2", "API_KEYS_9", "OTHER"]);
  for (const value of Object.values(put)) assert.ok(Buffer.byteLength(value) <= 5000);
  const merged = ["API_KEYS", "API_KEYS_2", "API_KEYS_9"].map((name) => JSON.parse(put[name]));
  assert.deepEqual(Object.assign({}, ...merged), many);
});

test("a service is added at the end and in its group, with a key, and everything else stays as it was", async () => {
  const output = await succeed("add-service", "mail", "--name", "Mail server", "--group", "production");
  const expected = services
    .replace('"services": ["website", "database"]', '"services": ["website", "database", "mail"]')
    .replace(
      /\n {2}\]\n\}\n$/,
      ',\n    {\n      "id": "mail",\n      "name": "Mail server"\n    }\n  ]\n}\n',
    );
  assert.equal(read("config", "services.json"), expected);
  assert.ok(output.includes(`HEARTBEAT_KEY=${keys().mail} heartbeat.sh --service mail\n`), output);
  assert.ok(
    output.includes(
      `curl -fsS -o /dev/null -m 20 --retry 3 --retry-connrefused -X POST -H 'Authorization: Bearer ${keys().mail}' https://`,
    ),
  );
  assert.deepEqual(Object.keys(keys()), ["mail"]);
});

test("what the core finds wrong with a service is said, and the file stays as it was", async () => {
  for (const [args, said] of [
    [["web site"], /^The id must be /],
    [["mail", "--threshold", "5"], /^--threshold must be /],
    [["mail", "--threshold", "soon"], /--threshold must be a whole number/],
    [["website"], /There is a service "website"/],
    [[".."], /An id of dots alone could not stand in an address/],
    [["mail", "--group", "prod"], /no group "prod"\. There are: production, internal\./],
    [[], /^It is called as npm run add-service -- <id>/],
    [["mail", "--nmae", "x"], /^Unknown option '--nmae'\. More: npm run add-service -- --help$/m],
  ]) {
    const { code, output } = await run("add-service", ...args);
    assert.equal(code, 1, args.join(" "));
    assert.match(output, said);
    assert.equal(read("config", "services.json"), services);
  }
  assert.ok(!existsSync(inCopy(".production.vars")));
});

test("a service whose key cannot be kept is not added", async () => {
  writeFileSync(inCopy(".production.vars"), "API_KEYS=website:abc\n");
  const { code, output } = await run("add-service", "mail");
  assert.equal(code, 1);
  assert.match(output, /^API_KEYS in \.production\.vars is not JSON/m);
  assert.doesNotMatch(output, /Added/);
  assert.equal(read("config", "services.json"), services);
});

test("comments in the file of secrets stay", async () => {
  await succeed("keys");
  writeFileSync(inCopy(".production.vars"), `# Of Berlin.\n${read(".production.vars")}# And of Rome.\n`);
  await succeed("keys", "website");
  await succeed("keys", "website");
  const comments = read(".production.vars").match(/^#.*/gm);
  assert.deepEqual(comments.slice(-2), ["# Of Berlin.", "# And of Rome."]);
  assert.equal(new Set(comments).size, comments.length);
});

test("a key of any name is read", async () => {
  writeFileSync(inCopy(".production.vars"), `API_KEYS='{"__proto__":"p"}'\nAPI_KEYS_2='{"website":"w"}'\n`);
  await succeed("keys", "database");
  assert.deepEqual(Object.entries(keys()).slice(0, 2), [
    ["__proto__", "p"],
    ["website", "w"],
  ]);
});

test("ends of lines and tabs stay, and lists that are none are refused", async () => {
  const odd =
    '{\r\n\t"services": [\r\n\t\t{ "id": "a" }\r\n\t],\r\n\t"groups": [\r\n\t\t{\r\n\t\t\t"id": "g"\r\n\t\t}\r\n\t]\r\n}\r\n';
  const added = await withService(odd, { id: "b" }, "g");
  assert.doesNotMatch(added, /[^\r]\n|\n /);
  assert.deepEqual(JSON.parse(added).groups, [{ id: "g", services: ["b"] }]);
  for (const text of ["null", "[1]", "7", '{"services":null}', '{"services":[],"groups":{}}']) {
    await assert.rejects(withService(text, { id: "b" }), /must be an object(,| with the lists)/, text);
  }
});

test("a layout that is not prettier's stays, and lists that are not there are made", async () => {
  const odd = '{\n    "services": [\n        {"id":"a"}\n    ],\n    "groups": [{"id": "g"}]\n}\n';
  const added = await withService(odd, { id: "b" });
  assert.equal(added, odd.replace('{"id":"a"}', '{"id":"a"},\n        {\n            "id": "b"\n        }'));
  assert.deepEqual(JSON.parse(await withService(odd, { id: "b" }, "g")).groups, [
    { id: "g", services: ["b"] },
  ]);
  assert.deepEqual(JSON.parse(await withService("{}\n", { id: "b" })), { services: [{ id: "b" }] });
});

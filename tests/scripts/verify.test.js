// What npm run deploy says of a monitor that it has deployed, by what answers there.
import assert from "node:assert/strict";
import http from "node:http";
import { after, before, beforeEach, test } from "node:test";
import { Failure } from "../../scripts/lib/say.mjs";
import { verify } from "../../scripts/lib/verify.mjs";

const keys = { website: "w", production: "p", "*": "a" };
const ids = ["website", "database", "nightly-backup"];
const patienceMs = 5_000; // one try more than a single failure
const verified = {
  success: true,
  stored: true,
  edge: "1",
  collector: "1",
  results: ids.map((serviceId) => ({ serviceId, success: true })),
};
const login = [302, "", { Location: "https://login.example/" }];
const nobody = [530, "error code: 1016"];

let url, server, answers, asked, said;
const { log } = console;
before(async () => {
  server = http.createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const call = `${request.method} ${request.url}`;
    asked.push([call, Buffer.concat(chunks).toString()]);
    const list = answers[call] ?? [nobody];
    const [status, body, headers] = list.length > 1 ? list.shift() : list[0];
    response.writeHead(status, headers).end(typeof body === "string" ? body : JSON.stringify(body));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${server.address().port}`;
});
after(() => server.close());
beforeEach(() => ([answers, asked, said] = [{}, [], []]));

async function outcome(options = {}) {
  console.log = (line) => said.push(line);
  try {
    await verify(url, { keys, patienceMs, ...options });
    return said.slice(1).join("\n");
  } finally {
    console.log = log;
  }
}

const fails = (expected, options) =>
  assert.rejects(outcome({ patienceMs: 0, ...options }), (error) => {
    assert.ok(error instanceof Failure, error);
    assert.match(error.message, expected);
    return true;
  });

test("all services whose keys are here are tried in one request, each with the key that counts for it", async () => {
  answers["POST /api/verify"] = [[200, verified]];
  assert.match(
    await outcome(),
    /^Heartbeats of all 3 services whose key is here would be accepted: tried, stored/,
  );
  assert.equal(asked.length, 1);
  assert.deepEqual(JSON.parse(asked[0][1]), {
    services: [
      { serviceId: "website", token: "w" },
      { serviceId: "database", token: "p" },
      { serviceId: "nightly-backup", token: "a" },
    ],
  });
});

test("with KV alone nothing is said to be stored", async () => {
  answers["POST /api/verify"] = [[200, { ...verified, stored: false }]];
  assert.match(await outcome(), /would be accepted\. None was stored: there is no collector\.$/);
});

for (const [name, before] of Object.entries({
  "nobody answers yet": nobody,
  "the version before answers, which knows no such path": [404, { error: "Not found" }],
  "the version before answers, which has other keys": [401, { error: "Invalid API key" }],
  "the version before answers, with another configuration": [200, { ...verified, edge: "0" }],
  "the collector is not reached yet": [503, { error: "Unavailable" }],
})) {
  test(`it waits while ${name}`, async () => {
    answers["POST /api/verify"] = [before, [200, verified]];
    assert.match(await outcome({ identity: "1" }), /^Heartbeats of all 3/);
    assert.equal(asked.length, 2);
  });
}

test("a wrong key is named with its service, and how the right one gets there", async () => {
  const results = [
    { serviceId: "website", success: true },
    { serviceId: "database", success: false, error: "Invalid API key" },
  ];
  answers["POST /api/verify"] = [[207, { ...verified, results }]];
  await fails(
    /refuse heartbeats of these services:\n {2}- database: Invalid API key\n.*npm run keys -- --put$/,
  );
  answers["POST /api/verify"] = [[401, { error: "Invalid API key" }]];
  await fails(/answered 401: .*Invalid API key.*\n.*npm run keys -- --put$/);
});

test("a service that the monitor does not know is no matter of keys", async () => {
  const results = [{ serviceId: "website", success: false, error: "Unknown serviceId" }];
  answers["POST /api/verify"] = [[404, { success: false, results }]];
  await fails(/\n {2}- website: Unknown serviceId$/);
});

test("whoever is not reached is not called deployed and working", async () => {
  await fails(/^\/api\/verify answered 530: error code: 1016$/);
  await assert.rejects(
    verify("http://127.0.0.1:1", { keys, patienceMs: 0 }),
    /^Error: It is deployed, but was not reached from here: /,
  );
});

test("a page that answers 200 to everything is no monitor", async () => {
  answers["POST /api/verify"] = [[200, "<!doctype html>Parked"]];
  await fails(/^\/api\/verify answered 200: <!doctype html>Parked$/);
});

test("behind a login it is asked what it lets through, and no heartbeat is sent", async () => {
  answers["POST /api/verify"] = [login];
  answers["GET /healthz"] = [[503, { status: "stale" }]];
  answers["POST /api/heartbeat"] = [[400, { error: "The body must be JSON" }]];
  assert.match(await outcome(), /^It answers\. \/api\/verify is behind a login, so no heartbeat was tried/);
  assert.equal(asked.at(-1)[1], "{");
  answers["POST /api/heartbeat"] = [login];
  await fails(/^\/api\/heartbeat is behind a login, which no machine passes/);
  answers["GET /healthz"] = [login];
  await fails(/^\/healthz is behind a login, too/);
});

test("where heartbeats are switched off that is said", async () => {
  answers["POST /api/verify"] = [[403, { error: "/api/verify is disabled" }]];
  assert.match(await outcome(), /^It answers, and takes no heartbeats: config\/settings\.json says so\.$/);
  answers["POST /api/verify"] = [[403, "<!doctype html>Blocked"]];
  await fails(/^\/api\/verify answered 403: <!doctype html>Blocked$/);
});

test("without keys it is only asked for its health", async () => {
  answers["GET /healthz"] = [[200, { status: "ok" }]];
  assert.match(await outcome({ keys: {} }), /^It answers\. No key of a service is here/);
  assert.deepEqual(
    asked.map(([call]) => call),
    ["GET /healthz"],
  );
});

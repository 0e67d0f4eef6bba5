// What the clients send, out of their options and variables.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { run } from "./clients.js";
import { forEachClient } from "./fixture.js";

const metadata = { hostname: hostname() };
const web = { serviceId: "web", status: "up", metadata };
const odd = `"double" 'single' back\\slash %s 100% $HOME $(id) \`id\` é 漢 🙂\ttab\nline & <b> {"a":[1]} /end`;

const bodies = [
  { title: "a service and the host it comes from", args: [], body: web },
  { title: "a status", args: ["--status", "degraded"], body: { ...web, status: "degraded" } },
  { title: "a status after an equals sign", args: ["--status=down"], body: { ...web, status: "down" } },
  { title: "a message of odd characters", args: ["--message", odd], body: { ...web, message: odd } },
  { title: "an empty message is none", args: ["--message="], body: web },
  {
    title: "newlines at the end of a message stay",
    args: ["--message", "a\n\nb\n\n"],
    body: { ...web, message: "a\n\nb\n\n" },
  },
  {
    title: "control characters are left out",
    args: ["--message", "a\u0001\u001b[1mb\u007f\r\n"],
    body: { ...web, message: "a[1mb\n" },
  },
  {
    title: "a message is cut at 500 characters",
    args: ["--message", "é🙂".repeat(300)],
    body: { ...web, message: "é🙂".repeat(250) },
  },
  {
    title: "metadata of odd characters",
    args: ["--metadata", `odd=${odd}`, "--metadata=pair=a=b", "--metadata", 'na"me=', "--metadata=é=1"],
    body: { ...web, metadata: { ...metadata, odd, pair: "a=b", 'na"me': "", é: "1" } },
  },
  {
    title: "metadata may name another host",
    args: ["--metadata", "hostname=db-1"],
    body: { ...web, metadata: { hostname: "db-1" } },
  },
  ...[
    ["--service", "web,db"],
    ["--service", "web", "--service=db"],
    ["--service", " web, db ,"],
  ].map((args) => ({
    title: `several services at once: ${args.join(" ")}`,
    args: [...args, "--message", "both", "--status", "down"],
    body: {
      services: [
        { serviceId: "web", status: "down" },
        { serviceId: "db", status: "down" },
      ],
      message: "both",
      metadata,
    },
  })),
  { title: "an option beats its variable", args: ["--service", "db"], body: { ...web, serviceId: "db" } },
  { title: "the last of two options counts", args: ["--status=down", "--status", "up"], body: web },
  {
    title: "an id of all allowed characters",
    args: ["--service=A-z_0.9:x"],
    body: { ...web, serviceId: "A-z_0.9:x" },
  },
  { title: "no shell looks at an option", args: ["--message", "*"], body: { ...web, message: "*" } },
];

const keys = [
  { title: "of the environment", key: "the-key" },
  { title: "with quotes and backslashes", env: { HEARTBEAT_KEY: ` a"b'c\\d e$%\` ` }, key: `a"b'c\\d e$%\`` },
  { title: "from a file", file: "of-the-file\nsecond line\n", key: "of-the-file" },
  { title: "from a file of Windows", file: "of-the-file\r\n", key: "of-the-file" },
  { title: "from a file without an end of line", file: " of-the-file\t", key: "of-the-file" },
  { title: "from a file with a byte order mark", file: "\ufeffof-the-file\r\n", key: "of-the-file" },
  { title: "is not sent when there is none", env: { HEARTBEAT_KEY: undefined }, key: undefined },
];

forEachClient("requests", (fixture) => {
  for (const { title, args, body } of bodies) {
    test(title, async () => {
      fixture.recorder.play();
      const { code, stderr } = await fixture.run(args);
      assert.equal(code, 0, stderr);
      assert.deepEqual(fixture.sent, [body]);
    });
  }

  test("it is a POST of JSON that says which client it is", async () => {
    fixture.recorder.play();
    await fixture.run([]);
    const [{ method, path, headers }] = fixture.recorder.requests;
    assert.deepEqual([method, path, headers["content-type"]], ["POST", "/api/heartbeat", "application/json"]);
    assert.match(headers["user-agent"], new RegExp(`^${fixture.client.file}/\\d+\\.\\d+\\.\\d+$`));
  });

  test("what is no UTF-8 is replaced", async () => {
    fixture.recorder.play();
    const line = 'exec "$@" --message "$(printf "caf\\351 \\303\\251 \\355\\240\\200x")"';
    const program = ["/bin/sh", "-c", line, "sh", ...fixture.client.program];
    const { code } = await run({ ...fixture.client, program }, [], { env: fixture.env() });
    assert.equal(code, 0);
    assert.match(fixture.sent[0].message, /^caf\ufffd é \ufffd{1,3}x$/);
  });

  for (const { title, env = {}, file, key } of keys) {
    test(`a key ${title}`, async () => {
      fixture.recorder.play();
      const path = join(fixture.surroundings.root, "key file");
      if (file !== undefined) writeFileSync(path, file);
      const args = file === undefined ? [] : ["--key-file", path];
      const { code, stderr } = await fixture.run(args, { env });
      assert.equal(code, 0, stderr);
      const { authorization } = fixture.recorder.requests[0].headers;
      assert.equal(authorization, key && `Bearer ${key}`);
    });
  }

  test("the key of the environment beats the file that the environment names", async () => {
    fixture.recorder.play();
    const path = join(fixture.surroundings.root, "key");
    writeFileSync(path, "of-the-file");
    const env = { HEARTBEAT_KEY_FILE: path };
    await fixture.run([], { env });
    await fixture.run([], { env: { ...env, HEARTBEAT_KEY: "" } });
    const sent = fixture.recorder.requests.map(({ headers }) => headers.authorization);
    assert.deepEqual(sent, ["Bearer the-key", "Bearer of-the-file"]);
  });

  const ends = [
    "",
    "/",
    "//",
    "/api/heartbeat",
    "/api/heartbeat/",
    "/api/heartbeat/db",
    "/api/heartbeat/db//",
  ];
  for (const end of ends) {
    for (const path of ["", "/status/page-1"]) {
      test(`the address may end in "${path}${end}"`, async () => {
        fixture.recorder.play();
        const { code, stderr } = await fixture.run(["--url", fixture.recorder.url + path + end]);
        assert.equal(code, 0, stderr);
        assert.equal(fixture.recorder.requests[0].path, `${path}/api/heartbeat`);
      });
    }
  }

  test("the id of a service that is in the address counts when none is given", async () => {
    fixture.recorder.play();
    const HEARTBEAT_URL = `${fixture.recorder.url}/api/heartbeat/db/`;
    for (const [args, HEARTBEAT_SERVICE] of [[[]], [[], "env"], [["--service", "web"], "env"]]) {
      const { code, stderr } = await fixture.run(args, { env: { HEARTBEAT_URL, HEARTBEAT_SERVICE } });
      assert.equal(code, 0, stderr);
    }
    const ids = fixture.recorder.requests.map(({ text }) => JSON.parse(text).serviceId);
    assert.deepEqual(ids, ["db", "env", "web"]);
  });

  test("only what follows /api/heartbeat at the end of the address is an id", async () => {
    fixture.recorder.play();
    const url = `${fixture.recorder.url}/api/heartbeat/a/b`;
    const { code, stderr } = await fixture.run(["--url", url]);
    assert.equal(code, 0, stderr);
    assert.equal(fixture.recorder.requests[0].path, "/api/heartbeat/a/b/api/heartbeat");
  });

  test("the scheme may be in capitals, and localhost by its name", async () => {
    fixture.recorder.play();
    const url = `HTTP://localhost:${fixture.recorder.port}`;
    const { code, stderr } = await fixture.run(["--url", url]);
    assert.equal(code, 0, stderr);
  });

  if (fixture.client.file === "heartbeat.sh") {
    test("no program is started with the key among its arguments", async () => {
      fixture.recorder.play();
      const log = join(fixture.surroundings.root, "arguments");
      const bin = listeningPrograms(fixture, log);
      for (const args of [[], ["--", "/bin/true"]]) {
        const { code, stderr } = await fixture.run(args, { env: { PATH: bin } });
        assert.equal(code, 0, stderr);
      }
      assert.equal(fixture.recorder.requests[1].headers.authorization, "Bearer the-key");
      const programs = readFileSync(log, "utf8");
      assert.match(programs, /^(curl|wget) /m);
      assert.doesNotMatch(programs, /the-key/);
    });
  }
});

// A PATH of programs that first write down what they are started with.
function listeningPrograms({ client, surroundings }, log) {
  const bin = join(surroundings.root, "listening");
  mkdirSync(bin);
  for (const [name, program] of client.tools) {
    const isApplet = program.endsWith("busybox");
    const script = `#!/bin/sh\nprintf '%s\\n' "${name} $*" >>${log}\nexec ${program}${isApplet ? ` ${name}` : ""} "$@"\n`;
    writeFileSync(join(bin, name), script, { mode: 0o755 });
  }
  return bin;
}

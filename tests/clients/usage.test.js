// What the clients say when they are asked for something that they cannot do; nothing is sent then.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { inRoot } from "../../scripts/lib/paths.mjs";
import { clients, run, Surroundings } from "./clients.js";
import { forEachClient } from "./fixture.js";

const number = (name, least) => `--${name} must be a whole number from ${least} to 99999.`;
const noUrl =
  "No monitor is given. Set HEARTBEAT_URL or --url to its address, such as https://heartbeat-monitor.example.workers.dev";
const inTheOpen =
  "A key must not travel in the open: the address of the monitor must begin with https:// (http:// is only for localhost, 127.0.0.1 and [::1]).";
const urlForm =
  'The address of the monitor must look like https://host or https://host/path, without user name, "?" and "#".';
const noService = "No service is given. Set HEARTBEAT_SERVICE or --service to its id.";
const idForm = "The id of a service has letters, digits and . _ : - only. Separate several with commas.";
const publicKey =
  "A key on the command line can be read by everybody on this machine. Use HEARTBEAT_KEY or --key-file.";
const keyForm = "The key has characters that no HTTP header can carry. Take one of letters and digits.";

const inQuotes = (name) =>
  `${name} has quotes around it, which count: docker run --env-file keeps them. Write it without.`;
const lineBreak = "The address of the monitor has a line break in it.";

// [options, variables, sentence]
const cases = [
  [[], { HEARTBEAT_KEY: '"the-key"' }, inQuotes("HEARTBEAT_KEY")],
  [[], { HEARTBEAT_KEY: "'the-key'" }, inQuotes("HEARTBEAT_KEY")],
  [[], { HEARTBEAT_SERVICE: '"web"' }, inQuotes("HEARTBEAT_SERVICE")],
  [[], { HEARTBEAT_URL: '"https://monitor.example"' }, inQuotes("HEARTBEAT_URL")],
  [[], { HEARTBEAT_URL: "https://monitor.example\n" }, lineBreak],
  [[], { HEARTBEAT_URL: "https://monitor.example\r" }, lineBreak],
  [[], { HEARTBEAT_URL: "https://monitor.example\nhttps://other.example" }, lineBreak],
  [["--sevice", "web"], {}, "Unknown option --sevice."],
  [["--sevice"], {}, "Unknown option --sevice."],
  [["--sevice=web"], {}, "Unknown option --sevice."],
  [["--quiet=yes"], {}, "Unknown option --quiet."],
  [["web"], {}, 'Unexpected argument "web". A command comes after "--".'],
  [["-s", "web"], {}, 'Unexpected argument "-s". A command comes after "--".'],
  [["--service"], {}, "--service needs a value."],
  [["--"], {}, 'There is no command after "--".'],
  [["--key", "abc"], {}, publicKey],
  [["--key=abc"], {}, publicKey],
  [["--metadata", "name"], {}, "--metadata needs NAME=VALUE."],
  [["--metadata", "=value"], {}, "--metadata needs NAME=VALUE."],
  [["--status", "fine"], {}, "--status must be up, degraded or down."],
  [["--status", ""], {}, "--status must be up, degraded or down."],
  [
    ["--status", "up", "--", "/bin/true"],
    {},
    "--status is for heartbeats without a command; with one, its exit code decides.",
  ],
  [["--timeout", "0"], {}, number("timeout", 1)],
  [["--timeout", "1.5"], {}, number("timeout", 1)],
  [["--timeout", "08"], {}, number("timeout", 1)],
  [["--retries", "-1"], {}, number("retries", 0)],
  [["--retries", "100000"], {}, number("retries", 0)],
  [["--retries", ""], {}, number("retries", 0)],
  [["--every", "0"], {}, number("every", 1)],
  [["--every", "2m", "--", "/bin/true"], {}, number("every", 1)],
  [[], { HEARTBEAT_TIMEOUT: "soon" }, number("timeout", 1)],
  [[], { HEARTBEAT_RETRY_DELAY: "soon" }, number("retry-delay", 0)],
  [[], { HEARTBEAT_URL: undefined }, noUrl],
  [[], { HEARTBEAT_URL: "" }, noUrl],
  [[], { HEARTBEAT_SERVICE: undefined }, noService],
  [["--service", " ,"], {}, noService],
  [["--service", "web site/1"], {}, idForm],
  [["--service", "wéb"], {}, idForm],
  [["--service", 'web"'], {}, idForm],
  [["--service", "web\n"], {}, idForm],
  [
    ["--key-file", "/nonexistent/key"],
    {},
    "The key file /nonexistent/key cannot be read, or its first line is empty.",
  ],
  [["--key-file", "/dev/null"], {}, "The key file /dev/null cannot be read, or its first line is empty."],
  [[], { HEARTBEAT_KEY: "clé" }, keyForm],
  [[], { HEARTBEAT_KEY: "a\nX-Injected: b" }, keyForm],
  [["--ca-file", "/nonexistent/ca"], {}, "The file of certificates /nonexistent/ca cannot be read."],
];

const urls = [
  ...["http://monitor.example", "http://10.0.0.1", "http://localhost.example", "http://127.0.0.1.example"],
  ...["HTTP://example.com:80", "http://[::2]", "http://127.0.0.2", "http://LOCALHOST"],
].map((url) => [url, inTheOpen]);
const badUrls = [
  ...[
    "monitor.example",
    "ftp://monitor.example",
    "https://",
    "https:///path",
    "https://:443",
    "file:///etc/passwd",
  ],
  ...["https://user:secret@monitor.example", "https://monitor.example/?a=b", "https://monitor.example/#a"],
  ...["http://localhost@monitor.example", "http://localhost\\@monitor.example"],
  ...['https://monitor.example/"', "https://mönitor.example", "https://monitor.example:port", "https://a b"],
  ...["http://127.0.0.1:80@monitor.example", "/", "https://monitor.example/{a,b}"],
].map((url) => [url, urlForm]);

forEachClient("usage", (fixture) => {
  const said = (sentence) =>
    `heartbeat: ${sentence}\nheartbeat: ${fixture.client.file} --help lists the options.\n`;

  for (const [args, env, sentence] of cases) {
    test(JSON.stringify([...args, ...Object.entries(env).map((pair) => pair.join("="))]), async () => {
      fixture.recorder.play();
      const result = await fixture.run(args, { env });
      assert.deepEqual(result, { code: 2, stdout: "", stderr: said(sentence) });
      assert.equal(fixture.recorder.requests.length, 0);
    });
  }

  test("an address that would send the key in the open is refused", async () => {
    for (const [url, sentence] of [...urls, ...badUrls]) {
      const result = await fixture.run([], { env: { HEARTBEAT_URL: url } });
      assert.deepEqual(result, { code: 2, stdout: "", stderr: said(sentence) }, url);
    }
  });

  test("its version is the one of the project", async () => {
    const { version } = JSON.parse(readFileSync(inRoot("package.json"), "utf8"));
    const result = await fixture.run(["--version"]);
    assert.deepEqual(result, { code: 0, stdout: `${fixture.client.file} ${version}\n`, stderr: "" });
  });
});

test("the help of all clients is the same", async () => {
  const helps = [];
  for (const client of clients) {
    const surroundings = new Surroundings(client);
    const { code, stdout, stderr } = await run(client, ["--help"], { env: surroundings.env() });
    surroundings.remove();
    assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
    assert.match(stdout, new RegExp(`^Usage: ${client.file} `));
    helps.push(stdout.replaceAll(client.file, "CLIENT"));
  }
  assert.equal(new Set(helps).size, 1);
});

test("heartbeat.sh says so when there is neither curl nor a wget that checks certificates", async () => {
  const [client] = clients;
  const busybox = clients[1].program[0];
  const tools = client.tools.filter(([name]) => name !== "curl");
  for (const more of [[], [["wget", busybox]]]) {
    const surroundings = new Surroundings({ tools: [...tools, ...more] });
    const env = { ...surroundings.env(), HEARTBEAT_URL: "http://127.0.0.1:9", HEARTBEAT_SERVICE: "web" };
    const { code, stderr } = await run(client, [], { env });
    surroundings.remove();
    assert.equal(code, 2);
    assert.match(stderr, /^heartbeat: Neither curl nor GNU Wget is here\. Please install curl\.\n/);
  }
});

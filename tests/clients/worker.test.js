// The clients against the Worker itself.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { startMonitor } from "../worker/harness.js";
import { clients, printed, run, start, Surroundings } from "./clients.js";

const ids = (number) =>
  ["single", "one", "two", "wrapped", "failed", "looped"].map((name) => `${name}-${number}`);
const services = clients.flatMap((_, number) => ids(number)).map((id) => ({ id }));
const secrets = { API_KEYS: JSON.stringify({ "*": "key of all", "two-0": "another" }) };

describe("the Worker", () => {
  let monitor, url;
  before(async () => {
    monitor = await startMonitor({ config: { services: { services } }, secrets });
    url = await monitor.url();
  });
  after(() => monitor.close());

  const latest = () => monitor.heard();

  for (const [number, client] of clients.entries()) {
    describe(client.name, () => {
      const [single, one, two, wrapped, failed, looped] = ids(number);
      const surroundings = new Surroundings(client);
      after(() => surroundings.remove());
      const env = () => ({ ...surroundings.env(), HEARTBEAT_URL: url, HEARTBEAT_KEY: "key of all" });
      const send = (...args) => run(client, args, { env: env() });
      const heard = async (id) => {
        await monitor.advance(1); // so that no two heartbeats have the same time
        const before = new Date(monitor.now).toISOString();
        return async () => assert.equal((await latest())[id], before);
      };

      test("one heartbeat", async () => {
        const isStored = await heard(single);
        const result = await send("--service", single, "--metadata", "a=b");
        assert.deepEqual(result, { code: 0, stdout: `heartbeat: accepted (${single})\n`, stderr: "" });
        await isStored();
      });

      test("a batch", async () => {
        const isStored = await heard(one);
        const { code, stderr } = await send("--service", `${one},${looped}`, "--status=degraded");
        assert.equal(code, 0, stderr);
        await isStored();
        assert.equal((await latest()).$reports[one].status, "degraded");
      });

      test("a batch with an unknown service and a wrong key is a refusal that names them", async () => {
        const { code, stderr } = await send("--service", `${one},nobody,two-0`);
        assert.equal(code, 1);
        assert.equal(
          stderr,
          "heartbeat: refused (207): Partial success: 1 succeeded, 2 failed\n  nobody: Unknown serviceId\n  two-0: Invalid API key\n",
        );
      });

      test("an unknown service, and a wrong key", async () => {
        for (const [id, words] of [
          ["nobody", /^heartbeat: refused \(404\): Unknown serviceId\. /],
          ["two-0", /^heartbeat: refused \(401\)(: Invalid API key)?\. HEARTBEAT_KEY /],
        ]) {
          const { code, stderr } = await send("--service", id);
          assert.equal(code, 1);
          assert.match(stderr, words);
        }
      });

      test("a command that succeeds, and one that fails", async () => {
        const isStored = await heard(wrapped);
        const result = await send("--service", wrapped, "--", "/bin/sh", "-c", "echo out");
        assert.deepEqual(result, { code: 0, stdout: "out\n", stderr: "" });
        await isStored();

        const { code } = await send(
          "--service",
          failed,
          "--",
          "/bin/sh",
          "-c",
          "printf 'caf\\351 \"x\"'; exit 9",
        );
        assert.equal(code, 9);
        const { status, message } = (await latest()).$reports[failed];
        assert.deepEqual([status, message], ["down", 'exit code 9\ncaf\ufffd "x"']);
      });

      test("a loop", async () => {
        const isStored = await heard(looped);
        const running = start(client, ["--service", looped, "--every", "1"], { env: env() });
        const line = `heartbeat: accepted (${looped})\n`;
        await printed(running, line + line);
        running.kill("SIGTERM");
        assert.equal(await running.ended, 0);
        await isStored();
      });
    });
  }
});

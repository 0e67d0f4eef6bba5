// The clients against the Worker itself, each where there is nothing but what it needs.

import assert from "node:assert/strict";
import { hostname } from "node:os";
import { after, before, describe, test } from "node:test";

import { startMonitor } from "../worker/harness.js";
import { printed, run, start } from "./clients.js";
import { imprison, inmates } from "./jail.js";

const ids = (number) =>
  ["single", "one", "two", "wrapped", "failed", "looped"].map((name) => `${name}-${number}`);
const services = inmates.flatMap((_, number) => ids(number)).map((id) => ({ id }));
const secrets = {
  API_KEYS: JSON.stringify({ "*": "key of all", "two-0": "another" }),
  ALERT_API_KEY: "key of the administrator",
};

describe("the Worker", () => {
  let monitor, url;
  before(async () => {
    monitor = await startMonitor({ config: { services: { services } }, secrets });
    url = await monitor.url();
  });
  after(() => monitor.close());

  // What the Worker's log has of a service, without times and places, newest first.
  async function logged(id) {
    const { body } = await monitor.get(`/api/logs?serviceId=${id}`, { key: secrets.ALERT_API_KEY });
    return body.logs.map(({ status, message, metadata }) => ({ status, message, metadata }));
  }
  const metadata = { hostname: hostname() };

  for (const [number, inmate] of inmates.entries()) {
    describe(inmate.name, () => {
      const [single, one, two, wrapped, failed, looped] = ids(number);
      let jailed;
      before(() => (jailed = imprison(inmate)));
      after(() => jailed.release());
      const env = () => ({ PATH: "/bin", HEARTBEAT_URL: url, HEARTBEAT_KEY: "key of all" });
      const send = (...args) => run(jailed.client, args, { env: env() });

      test("one heartbeat", async () => {
        const result = await send("--service", single, "--metadata", "a=b", "--message", "it's 100 % ä\n");
        assert.deepEqual(result, { code: 0, stdout: `heartbeat: accepted (${single})\n`, stderr: "" });
        const entry = { status: "up", message: "it's 100 % ä\n", metadata: { ...metadata, a: "b" } };
        assert.deepEqual(await logged(single), [entry]);
      });

      test("a batch", async () => {
        const { code, stderr } = await send("--service", `${one},${looped}`, "--status=degraded");
        assert.equal(code, 0, stderr);
        for (const id of [one, looped]) {
          assert.deepEqual(await logged(id), [{ status: "degraded", message: null, metadata }]);
        }
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
        assert.deepEqual(await logged("two-0"), []);
      });

      test("a command that succeeds, and one that fails", async () => {
        const result = await send("--service", wrapped, "--", ...inmate.words("out", 0));
        assert.deepEqual(result, { code: 0, stdout: "out\n", stderr: "" });
        assert.deepEqual(await logged(wrapped), [{ status: "up", message: "out", metadata }]);

        const { code, stdout } = await send("--service", failed, "--", ...inmate.words('caf\u00e9 "x"', 9));
        assert.deepEqual([code, stdout], [9, 'caf\u00e9 "x"\n']);
        assert.deepEqual(await logged(failed), [
          { status: "down", message: 'exit code 9\ncaf\u00e9 "x"', metadata },
        ]);
      });

      test("a loop", async () => {
        await monitor.advance(1); // newer than the batch
        const args = ["--service", looped, "--every", "1"];
        const running = start(jailed.client, args, { env: env() });
        const line = `heartbeat: accepted (${looped})\n`;
        await printed(running, line + line);
        running.kill("SIGTERM");
        assert.equal(await running.ended, 0);
        const up = { status: "up", message: null, metadata };
        assert.deepEqual((await logged(looped)).slice(0, 2), [up, up]);
      });
    });
  }
});

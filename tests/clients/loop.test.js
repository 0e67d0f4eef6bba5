// Heartbeats again and again, until a signal.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { printed } from "./clients.js";
import { forEachClient } from "./fixture.js";
import { accepted, hang, page, refused } from "./recorder.js";

forEachClient("loop", (fixture) => {
  // Starts it, waits for so many requests, ends it.
  const loop = async (args, requests, { env, signal = "SIGTERM" } = {}) => {
    const running = fixture.start(["--every", "1", ...args], { env });
    await fixture.recorder.heard(requests);
    running.kill(signal);
    const code = await running.ended;
    assert.deepEqual(fixture.surroundings.temporaryFiles(), []);
    return { code, ...running };
  };

  for (const signal of ["SIGTERM", "SIGINT"]) {
    test(`it sends until ${signal}, which is no failure`, async () => {
      fixture.recorder.play();
      const { code, stderr } = await loop([], 2, { signal });
      assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
      assert.deepEqual(
        fixture.sent.map(({ status }) => status),
        ["up", "up"],
      );
    });
  }

  test("the interval may come from the environment", async () => {
    fixture.recorder.play();
    const running = fixture.start([], { env: { HEARTBEAT_EVERY: "1" } });
    await fixture.recorder.heard(2);
    running.kill("SIGTERM");
    assert.equal(await running.ended, 0);
  });

  test("it goes on after heartbeats that failed", async () => {
    fixture.recorder.play(refused(404, "Unknown serviceId"), page(500), accepted);
    const { code, stderr } = await loop(["--retries=0"], 3);
    assert.equal(code, 0);
    assert.match(stderr, /^heartbeat: refused \(404\).*\nheartbeat: not reached after 1 attempt: .*\n$/);
  });

  test("a key that changes in its file is used from then on", async () => {
    const file = join(fixture.surroundings.root, "key");
    writeFileSync(file, "old");
    const change = (response) => {
      writeFileSync(file, "new");
      response.writeHead(200, { "Content-Type": "application/json" });
      response.end(JSON.stringify(accepted.body));
    };
    fixture.recorder.play(change);
    await loop(["--key-file", file], 2);
    const sent = fixture.recorder.requests.map(({ headers }) => headers.authorization);
    assert.deepEqual(sent, ["Bearer old", "Bearer new"]);
  });

  test("a signal ends an attempt that waits for its answer", async () => {
    fixture.recorder.play(hang);
    const { code } = await loop(["--timeout", "99999"], 1);
    assert.equal(code, 0);
  });

  test("a signal ends the wait before another attempt", async () => {
    fixture.recorder.play(page(500));
    const running = fixture.start(["--every=1", "--retry-delay", "60"]);
    await fixture.recorder.heard(1);
    const waiting = new Promise((resolve) => {
      running.onText = () => running.stderr.includes("trying again") && resolve();
      running.onText();
    });
    await waiting;
    running.kill("SIGTERM");
    assert.equal(await running.ended, 0);
  });

  test("a command is run each time", async () => {
    fixture.recorder.play();
    const { code, stdout } = await loop(["--", "/bin/sh", "-c", "echo probe; exit 1"], 2);
    assert.equal(code, 0);
    assert.match(stdout, /^probe\nprobe\n/);
    assert.deepEqual(fixture.sent[1].message, "exit code 1\nprobe");
  });

  test("a signal while a command is reported ends the loop after that", async () => {
    let running;
    const stop = (response) => {
      running.kill("SIGTERM");
      response.writeHead(200, { "Content-Type": "application/json" });
      response.end(JSON.stringify(accepted.body));
    };
    fixture.recorder.play(stop);
    running = fixture.start(["--every=1", "--", "/bin/sh", "-c", "exit 3"]);
    assert.equal(await running.ended, 0);
    assert.deepEqual(
      fixture.sent.map(({ status }) => status),
      ["down"],
    );
  });

  test("a command that is stopped together with the loop has not failed", async () => {
    fixture.recorder.play();
    const running = fixture.start(["--every=1", "--", "/bin/sh", "-c", "echo ready; exec /bin/sleep 600"]);
    await printed(running, "ready");
    running.kill("SIGTERM");
    assert.equal(await running.ended, 0);
    assert.equal(fixture.recorder.requests.length, 0);
  });
});

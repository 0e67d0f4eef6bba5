import assert from "node:assert/strict";
import { test } from "node:test";
import { eventLines, objects, readable } from "../../scripts/lib/log-lines.mjs";

const time = Date.parse("2026-11-22T06:00:01.500Z");

async function* linesOf(text) {
  yield* text.split("\n");
}

test("a line of the Worker's own log shows its level and message", () => {
  const own = JSON.stringify({ level: "warn", message: "discord fails" });
  assert.equal(readable(time, "log", own), "06:00:01 warn  discord fails");
});

test("any other line is shown as it is", () => {
  for (const text of ["plain text", "{broken", '{"other":1}', "null", "7"]) {
    assert.equal(readable(time, "log", text), `06:00:01 log   ${text}`);
  }
});

test("an event is its messages, its exceptions, and its outcome when that is not ok", () => {
  const event = {
    outcome: "exception",
    event: { request: { method: "POST", url: "https://monitor.example/api/heartbeat?x=1" } },
    eventTimestamp: time,
    logs: [{ level: "info", timestamp: time, message: ["two", { parts: 1 }] }],
    exceptions: [{ name: "Error", message: "boom", timestamp: time }],
  };
  assert.deepEqual(eventLines(event), [
    '06:00:01 info  two {"parts":1}',
    "06:00:01 error Error: boom",
    "06:00:01 error POST /api/heartbeat: exception",
  ]);
});

test("a quiet event that went well has no lines", () => {
  assert.deepEqual(eventLines({ outcome: "ok", event: { cron: "* * * * *" }, eventTimestamp: time }), []);
});

test("events are found whether printed on one line or on many, with other lines between", async () => {
  const events = [{ outcome: "ok", logs: [{ a: {} }] }, { outcome: "canceled" }];
  const text = `Connected\n${JSON.stringify(events[0], null, 2)}\n${JSON.stringify(events[1])}\nbye`;
  assert.deepEqual(await Array.fromAsync(objects(linesOf(text))), ["Connected", ...events, "bye"]);
});

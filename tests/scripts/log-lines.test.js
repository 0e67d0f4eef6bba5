import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { test } from "node:test";
import { eventLines, linesOf, objects, readable } from "../../scripts/lib/log-lines.mjs";

const time = Date.parse("2026-11-22T06:00:01.500Z");

const streamOf = (text) => Readable.from([Buffer.from(text)]);

// Array.fromAsync, which Node 20 lacks.
async function listed(items) {
  const list = [];
  for await (const item of items) list.push(item);
  return list;
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
  assert.deepEqual(await listed(objects(linesOf(streamOf(text)))), ["Connected", ...events, "bye"]);
});

test("nothing in a message or a name can begin a line, colour it, or turn it round", async () => {
  const unseen = "\n\r\t\0\u0007\b\u001b[2K\u007f\u0085\u009b0m\u061c\u200e\u202e\u2028\u2029\u2066";
  const seen = String.raw`\n\r\t\u0000\u0007\u0008\u001b[2K\u007f\u0085\u009b0m\u061c\u200e\u202e\u2028\u2029\u2066`;
  const event = {
    outcome: "ok",
    event: {},
    eventTimestamp: time,
    logs: [
      {
        level: "warn",
        timestamp: time,
        message: [JSON.stringify({ level: "warn", message: `own ${unseen}` })],
      },
      { level: "log", timestamp: time, message: [`other ${unseen}`] },
      {
        level: "log",
        timestamp: time,
        message: [JSON.stringify({ level: `in${unseen}`, message: "level" })],
      },
    ],
    exceptions: [{ name: `Error${unseen}`, message: unseen, timestamp: time }],
  };
  const read = await listed(objects(linesOf(streamOf(`${JSON.stringify(event)}\n`))));
  assert.deepEqual(eventLines(read[0]), [
    `06:00:01 warn  own ${seen}`,
    `06:00:01 log   other ${seen}`,
    `06:00:01 in${seen} level`,
    `06:00:01 error Error${seen}: ${seen}`,
  ]);
});

test("a name in another script, with its accents, stays as it is", () => {
  assert.equal(readable(time, "log", "Größe 数据库 🙂"), "06:00:01 log   Größe 数据库 🙂");
});

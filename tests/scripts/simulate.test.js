// npm run simulate: what it makes of its options and of what was played. The ring native plays a hundred seeds.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inRoot } from "../../scripts/lib/paths.mjs";
import { figuresIn } from "../../scripts/lib/simulate.mjs";
import { command } from "./copy.js";

test("npm run simulate refuses what is no number of seeds", async () => {
  for (const [args, start] of [
    [["--seeds", "0"], "--seeds is a whole number."],
    [["--seed", "one"], "--seed is a whole number."],
  ]) {
    const running = command(inRoot(), "simulate", args);
    assert.equal(await running.ended, 1);
    assert.ok(running.output.startsWith(start), running.output);
  }
});

test("its last line adds up what was played, and names the seeds in which something was found", () => {
  const played = {
    minutes: 2880,
    heartbeats: 7,
    acknowledged: 6,
    checks: 5,
    messages: 4,
    incidents: 3,
    deaths: 2,
  };
  const [good, bad] = [[], [{ what: "lost" }]];
  const text = figuresIn([
    { ...played, seed: 8, findings: good },
    { ...played, seed: 9, findings: bad },
  ]);
  assert.match(
    text,
    /^2 monitors, 4 days, .*14 heartbeats of which 12 were acknowledged, 10 checks; 8 messages/,
  );
  assert.match(text, /6 incidents, 4 deaths of the collector; found in the seeds 9$/);
  assert.match(figuresIn([{ ...played, seed: 8, findings: good }]), /nothing was found$/);
});

// The simulation of tests/simulation, built and played, some seeds at once.
import os from "node:os";
import { buildNative } from "./build.mjs";
import { inRoot } from "./paths.mjs";
import { inParallel, run } from "./run.mjs";
import { say } from "./say.mjs";

const kAtOnce = 10; // seeds of one process: few enough to see how far it is

// Resolves with what tests/simulation/main.cpp says of each seed.
export async function simulate(first, count) {
  await buildNative("simulate", { target: "simulate" });
  const starts = Array.from({ length: Math.ceil(count / kAtOnce) }, (_, i) => first + i * kAtOnce);
  let played = 0;
  const parts = await inParallel(starts, async (start) => {
    const seeds = Math.min(kAtOnce, first + count - start);
    const output = await run(
      program(),
      [start, seeds, "shrink"].map(String),
      "The simulation ended itself.",
      {
        isPatient: true,
      },
    );
    played += seeds;
    say(`${played} of ${count} seeds`);
    return output.trim().split("\n").map(JSON.parse);
  });
  return parts.flat();
}

const program = () => inRoot("build", "simulate", "tests", "simulate");

// One sentence of what was played.
export function figuresIn(results) {
  const sum = (name) => results.reduce((total, result) => total + result[name], 0);
  const bad = results.filter(({ findings }) => findings.length > 0).map(({ seed }) => seed);
  return [
    `${results.length} monitors, ${(sum("minutes") / 1440).toFixed(0)} days, ${os.availableParallelism()} at once`,
    `${sum("heartbeats")} heartbeats of which ${sum("acknowledged")} were acknowledged, ${sum("checks")} checks`,
    `${sum("messages")} messages accepted, ${sum("incidents")} incidents, ${sum("deaths")} deaths of the collector`,
    bad.length === 0 ? "nothing was found" : `found in the seeds ${bad.join(", ")}`,
  ].join("; ");
}

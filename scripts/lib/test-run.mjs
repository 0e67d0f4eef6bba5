// Runs one ring of tests and tells how it went.
import { requirePrograms } from "./install.mjs";
import { Failure, say } from "./say.mjs";

const kShownLines = 200; // of what a failing ring printed
const kShownColumns = 500;

// A ring that cannot run, fails without naming a test, or runs none counts as one failure.
export async function runRing({ name, title, needs, run }) {
  say(`${name}: ${title} …`);
  const start = Date.now();
  const { passed, failed, output } = settled(await outcomeOf(needs, run));
  if (failed > 0) say(end(output));
  say(`${name}: ${passed} passed, ${failed} failed (${Math.round((Date.now() - start) / 1000)} s)`);
  return { passed, failed };
}

const end = (output) =>
  output
    .trimEnd()
    .split("\n")
    .slice(-kShownLines)
    .map((line) => line.slice(0, kShownColumns))
    .join("\n");

async function outcomeOf(needs, run) {
  try {
    requirePrograms(needs);
    return await run();
  } catch (error) {
    const output = error instanceof Failure ? error.message : error.stack;
    return { code: 1, passed: 0, failed: 1, output };
  }
}

function settled({ code, passed, failed, output }) {
  if (passed + failed === 0) return { passed, failed: 1, output: `${output}\nNo test was run.` };
  if (code !== 0 && failed === 0)
    return { passed, failed: 1, output: `${output}\nIt ended with code ${code}.` };
  return { passed, failed, output };
}

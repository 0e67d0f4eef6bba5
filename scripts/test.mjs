// npm test: all rings of tests, or those that are named: npm test -- worker browser
import "./lib/node-version.mjs";
import { installPackages, installPrograms } from "./lib/install.mjs";
import { rings } from "./lib/rings.mjs";
import { Failure, main, say } from "./lib/say.mjs";
import { runRing } from "./lib/test-run.mjs";

main(async (names) => {
  const chosen = chooseRings(names);
  await installPackages();
  await installPrograms(chosen.flatMap(({ needs }) => needs)).catch(sayFailure); // each ring says what it lacks
  const totals = { passed: 0, failed: 0 };
  for (const ring of chosen) {
    const { passed, failed } = await runRing(ring);
    totals.passed += passed;
    totals.failed += failed;
  }
  say(`${totals.passed} passed, ${totals.failed} failed`);
  process.exitCode = totals.failed === 0 ? 0 : 1;
});

function chooseRings(names) {
  const unknown = names.filter((name) => !rings.some((ring) => ring.name === name));
  const all = rings.map(({ name }) => name).join(", ");
  if (unknown.length > 0) throw new Failure(`No such tests: ${unknown.join(", ")}. There are: ${all}.`);
  return names.length === 0 ? rings : rings.filter(({ name }) => names.includes(name));
}

function sayFailure(error) {
  if (!(error instanceof Failure)) throw error;
  say(error.message);
}

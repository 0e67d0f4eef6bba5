// npm test: all rings of tests but the extras, or those that are named: npm test -- worker browser
import "./lib/node-version.mjs";
import { installPackages, installPrograms } from "./lib/install.mjs";
import { rings, stages } from "./lib/rings.mjs";
import { Failure, main, misused, say } from "./lib/say.mjs";
import { runRing } from "./lib/test-run.mjs";

const usage = `npm test -- [ring …]

Installs what the tests need, and runs all of them or the rings that are named. A ring is a group of tests:
${rings.map(({ name, title }) => `\n  ${name.padEnd(16)} ${title}`).join("")}

  npm test
  npm test -- worker clients
`;

main(async (names) => {
  const chosen = chooseRings(names);
  await installPackages();
  await installPrograms(chosen.flatMap(({ needs }) => needs)).catch(sayFailure); // each ring says what it lacks
  const totals = { passed: 0, failed: 0 };
  for (const lanes of stages) await Promise.all(lanes.map((lane) => runLane(lane, chosen, totals)));
  say(`${totals.passed} passed, ${totals.failed} failed`);
  process.exitCode = totals.failed === 0 ? 0 : 1;
}, usage);

async function runLane(lane, chosen, totals) {
  for (const ring of lane.filter((one) => chosen.includes(one))) {
    const { passed, failed } = await runRing(ring);
    totals.passed += passed;
    totals.failed += failed;
  }
}

function chooseRings(names) {
  const unknown = names.filter((name) => !rings.some((ring) => ring.name === name));
  const all = rings.map(({ name }) => name).join(", ");
  if (unknown.length > 0)
    throw new Failure(misused(`No such tests: ${unknown.join(", ")}. There are: ${all}.`, usage));
  return rings.filter(({ name, isExtra }) => (names.length === 0 ? !isExtra : names.includes(name)));
}

function sayFailure(error) {
  if (!(error instanceof Failure)) throw error;
  say(error.message);
}

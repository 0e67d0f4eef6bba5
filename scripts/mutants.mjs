// npm run mutants: breaks each rule of the monitor once, in a copy of the tree, and sees whether a test goes red.
import "./lib/node-version.mjs";
import { installPackages, installPrograms, toBuild, toTestNative } from "./lib/install.mjs";
import { coreMutants, shimMutants, summaryOf } from "./lib/mutants.mjs";
import { optionsOf } from "./lib/options.mjs";
import { Failure, main, misused, say } from "./lib/say.mjs";

const options = { only: { type: "string", multiple: true, default: [] }, json: { type: "boolean" } };
const usage = `npm run mutants -- [--only NAME …] [--json]

Breaks each rule of the monitor once, in a copy of the tree, and sees whether a test goes red.

  --only NAME   only the mutants of tests/mutants.js whose name begins so; may be given more than once
  --json        for programs

  npm run mutants
  npm run mutants -- --only gap
`;

main(async (args) => {
  const { only, json } = optionsOf(args, { options, usage });
  const { core, shim } = await import("../tests/mutants.js");
  if (json) console.log = console.error; // stdout is for the JSON alone
  const chosen = (list) =>
    list.filter(({ name }) => only.length === 0 || only.some((one) => name.startsWith(one)));
  const [ofCore, ofShim] = [chosen(core), chosen(shim)];
  if (ofCore.length + ofShim.length === 0) throw new Failure(misused("There is no such mutant.", usage));
  await installPackages();
  await installPrograms([...toTestNative, ...toBuild]);
  const results = [];
  const note = (result) => {
    results.push(result);
    say(`${result.name}: ${result.verdict}${result.by ? ` by "${result.by}"` : ""}`);
  };
  if (ofCore.length > 0) await coreMutants(ofCore, note);
  if (ofShim.length > 0) await shimMutants(ofShim, note);
  const { sentence, isGood } = summaryOf(results);
  say(sentence);
  if (json) process.stdout.write(`${JSON.stringify(results, undefined, 2)}\n`);
  process.exitCode = isGood ? 0 : 1;
}, usage);

// npm run simulate: whole monitors under load and under fire, in virtual time.
import "./lib/node-version.mjs";
import { installPackages, installPrograms, toTestNative } from "./lib/install.mjs";
import { optionsOf } from "./lib/options.mjs";
import { Failure, main, misused, say } from "./lib/say.mjs";
import { figuresIn, simulate } from "./lib/simulate.mjs";

const options = {
  seeds: { type: "string", default: "100" },
  seed: { type: "string", default: "1" },
  json: { type: "boolean" },
};
const usage = `npm run simulate -- [--seeds N] [--seed S] [--json]

Plays N monitors, each a function of its seed: services with rhythms of their own, several places that run the Worker,
a KV that lags and refuses, a collector that dies, checks that are late or missing, providers that fail. What must never
be is looked for all the time. A seed that comes to it is cut to the least that still does, and told.

  --seeds N   how many; 100 when it is left out
  --seed S    the first of them; 1 when it is left out
  --json      for programs

  npm run simulate -- --seeds 1000
  npm run simulate -- --seeds 1 --seed 28
`;

main(async (args) => {
  const { seeds, seed, json } = optionsOf(args, { options, usage });
  for (const [name, value] of Object.entries({ seeds, seed }))
    if (!/^[1-9]\d{0,8}$/.test(value)) throw new Failure(misused(`--${name} is a whole number.`, usage));
  if (json) console.log = console.error; // stdout is for the JSON alone
  await installPackages();
  await installPrograms(toTestNative);
  const results = await simulate(Number(seed), Number(seeds));
  const bad = results.filter(({ findings }) => findings.length > 0);
  for (const result of bad) say(told(result));
  if (json) process.stdout.write(`${JSON.stringify(results, undefined, 2)}\n`);
  say(figuresIn(results));
  process.exitCode = bad.length === 0 ? 0 : 1;
}, usage);

const told = ({ seed, findings, story, trace }) =>
  [
    `Seed ${seed}: ${findings[0].what}`,
    ...["", "The least that comes to it:", story, ...trace, ""],
    `npm run simulate -- --seeds 1 --seed ${seed}`,
  ].join("\n");

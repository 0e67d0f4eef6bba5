// npm run fuzz: looks for input that the core does not survive, for as long as it is told to.
import "./lib/node-version.mjs";
import { fuzz, targets } from "./lib/fuzz.mjs";
import { installPackages, installPrograms, toTestNative } from "./lib/install.mjs";
import { optionsOf } from "./lib/options.mjs";
import { Failure, main, misused, say } from "./lib/say.mjs";

const options = { seconds: { type: "string", default: "600" } };
const usage = `npm run fuzz -- [--seconds N] [target …]

Feeds the core with whatever libFuzzer comes up with, and says which input it did not survive. A target is a part of
the core:
${targets()
  .map((name) => `\n  ${name}`)
  .join("")}

  --seconds N   for how long altogether; 600 when it is left out

  npm run fuzz
  npm run fuzz -- --seconds 60 step
`;

main(async (args) => {
  const { seconds, words } = optionsOf(args, { options, usage, count: [0, Infinity] });
  const unknown = words.filter((word) => !targets().includes(word));
  if (unknown.length > 0) throw new Failure(misused(`There is no target ${unknown[0]}.`, usage));
  if (!/^[1-9]\d*$/.test(seconds)) throw new Failure(misused("--seconds is a whole number.", usage));
  await installPackages();
  await installPrograms(toTestNative);
  const failures = await fuzz(words.length > 0 ? words : targets(), Number(seconds));
  for (const { name, output } of failures) say(`${output.trimEnd()}\n${name} did not survive; see above.`);
  say(failures.length === 0 ? "Nothing was found." : `${failures.length} found.`);
  process.exitCode = failures.length === 0 ? 0 : 1;
}, usage);

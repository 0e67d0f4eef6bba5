// npm run keys: makes the keys that are missing, or new ones for those that are named, and puts them on request.
import "./lib/node-version.mjs";
import { readConfig } from "./lib/config.mjs";
import { installPackages } from "./lib/install.mjs";
import { checkNames, makeKeys, missingKeys, putSecrets } from "./lib/keys.mjs";
import { optionsOf } from "./lib/options.mjs";
import { kFile } from "./lib/production-vars.mjs";
import { main, say } from "./lib/say.mjs";
import { targetOf, targetOptions, targetUsage } from "./lib/target.mjs";

const usage = `npm run keys -- [service, group, "*" or ALERT_API_KEY …] [--put]

Makes the keys that are missing, prints them and keeps them in ${kFile}, which git ignores. A name that is given
gets a new key. The next deploy puts them; to put them at once, in one new version of the Worker, say --put.

  --put            puts all of ${kFile}: the old keys are refused from then on
  --replace        puts it even where others have put keys that it may not have
${targetUsage}

  npm run keys
  npm run keys -- website --put
`;
const options = { put: { type: "boolean" }, replace: { type: "boolean" }, ...targetOptions };

main(async (args) => {
  const { words, put, replace, ...given } = optionsOf(args, { options, usage, count: [0, Infinity] });
  const config = readConfig("services");
  checkNames(words, config);
  await installPackages();
  const target = await targetOf(given);
  const names = words.length > 0 ? words : missingKeys(config, target.file);
  if (names.length > 0) introduce(await makeKeys(names, target.file), target);
  else say(`Every service has a key in ${target.file}.`);
  if (!put) return say("They count once they are put, with the next deploy or by: npm run keys -- --put");
  await putSecrets(target, { replace });
}, usage);

function introduce(made, { file }) {
  for (const [name, key] of Object.entries(made)) say(`${name}: ${key}`);
  say(`Written into ${file}, which git ignores.`);
}

// npm run keys: makes the keys that are missing, or new ones for those that are named, and puts them on request:
// npm run keys -- website "*" --put
import "./lib/node-version.mjs";
import { readConfig } from "./lib/config.mjs";
import { installPackages } from "./lib/install.mjs";
import { checkNames, makeKeys, missingKeys, putSecrets } from "./lib/keys.mjs";
import { optionsOf } from "./lib/options.mjs";
import { kFile } from "./lib/production-vars.mjs";
import { main, say } from "./lib/say.mjs";

const usage =
  "npm run keys -- [service, group, * or ALERT_API_KEY, whose key is to change …] [--put] [--replace]";

main(async (args) => {
  const options = { put: { type: "boolean" }, replace: { type: "boolean" } };
  const { words, put, replace } = optionsOf(args, { options, usage, count: [0, Infinity] });
  const config = readConfig("services");
  checkNames(words, config);
  const names = words.length > 0 ? words : missingKeys(config);
  if (names.length > 0) introduce(await makeKeys(names));
  else say(`Every service has a key in ${kFile}.`);
  if (!put) return say("They count once they are put: npm run keys -- --put");
  await installPackages();
  await putSecrets({ replace });
});

function introduce(made) {
  for (const [name, key] of Object.entries(made)) say(`${name}: ${key}`);
  say(`Written into ${kFile}, which git ignores.`);
}

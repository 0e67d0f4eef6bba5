// npm run deploy: from nothing to a monitor that was seen working.
import "./lib/node-version.mjs";
import { readConfig } from "./lib/config.mjs";
import { publicUrl, remember, renamedFrom } from "./lib/deployed.mjs";
import { makeKeys, missingKeys, secretNames } from "./lib/keys.mjs";
import { prepare } from "./lib/prepare.mjs";
import { isPut, kFile, markPut, wasPut } from "./lib/production-vars.mjs";
import { main, say } from "./lib/say.mjs";
import { requireBindings, targetAmong, targetUsage } from "./lib/target.mjs";
import { leftNamespace, upload } from "./lib/upload.mjs";
import { isKeys, readKeys, readVars } from "./lib/vars.mjs";
import { patience, verify } from "./lib/verify.mjs";

const usage = `npm run deploy -- [options of "wrangler deploy"]

Builds the Worker, checks the configuration, and uploads both as one version, with the secrets of ${kFile}
that Cloudflare does not have yet. The first deploy makes the KV namespace, the collector and the keys of the services.
Then the monitor is asked whether it would accept and store a heartbeat of every service; none of them counts.

  --dry-run        builds everything and uploads nothing
${targetUsage}

A Worker that is not wrangler.toml's own has its secrets in ${kFile}.<its name>.

  npm run deploy
  npm run deploy -- --dry-run
  npm run deploy -- --env staging
`;

main(async (args) => {
  const identity = await prepare();
  const target = await targetAmong(args);
  await requireBindings(target);
  if (args.includes("--dry-run")) return void (await upload(args, { target }));
  const there = await secretNames(target);
  if (!there) sayNew(target);
  const secrets = await secretsToPut(target, there ?? []);
  const left = there ? undefined : await leftNamespace(target);
  if (left) say(`The KV namespace "${left.title}" is there already, with whatever it holds: it is used.`);
  const url = await upload(args, { target, secrets, kvId: left?.id });
  if (secrets) sayPut(target, secrets);
  remember(target, url);
  if (!url) return say("Deployed, to no address that wrangler knows of, so that nothing was tried.");
  const patienceMs = there ? patience.withKnown : patience.withNew;
  await verify(url, { keys: readKeys(target.file), identity, patienceMs });
  say(`\nDashboard: ${(target.isUsual && publicUrl()) || url}/`);
}, usage);

// Of a name that is not in the account yet.
function sayNew(target) {
  const before = renamedFrom(target);
  if (!before) return;
  say(
    `"${target.name}" will be a second monitor, with an empty store. "${before.name}" goes on` +
      `${before.url ? ` at ${before.url}` : ""}, and calls down whoever no longer sends there. DEPLOY.md says how to move.`,
  );
}

// What goes with the upload: keys that are made for a Worker that has none, and whatever has been changed in the file
// since it was put. Without keys every heartbeat is refused. A machine that is thrown away afterwards makes none: they
// would be lost.
async function secretsToPut({ file }, there) {
  const isNew = !there.some(isKeys);
  const isHere = Object.keys(readKeys(file)).length > 0;
  if (isNew && !isHere && process.env.CI) {
    say("The monitor has no keys yet. On your own machine: npm run keys -- --put");
    return undefined;
  }
  const missing = missingKeys(readConfig("services"), file);
  if (isNew && missing.length > 0) await makeKeys(missing, file);
  return isNew || (wasPut(file) && !isPut(file)) ? readVars(file) : undefined;
}

function sayPut({ file }, secrets) {
  markPut(file);
  say(`Put ${Object.keys(secrets).join(", ")}, which are in ${file}. Keep a copy where passwords are kept.`);
}

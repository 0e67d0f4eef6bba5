// npm run deploy: from nothing to a monitor that was seen working. Arguments go to wrangler: npm run deploy -- --dry-run
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import "./lib/node-version.mjs";
import { readConfig } from "./lib/config.mjs";
import { deployedUrl, patience, rememberUrl, urlOf, verify } from "./lib/deployed.mjs";
import { kAlertKey, makeKeys, missingKeys, putSecrets, secretNames } from "./lib/keys.mjs";
import { prepare } from "./lib/prepare.mjs";
import { kFile } from "./lib/production-vars.mjs";
import { attached } from "./lib/run.mjs";
import { Failure, main, say } from "./lib/say.mjs";
import { isKeys, readKeys, readVars } from "./lib/vars.mjs";
import { wrangler } from "./lib/wrangler.mjs";

const kElsewhere = /^(--(name|env|config)(=|$)|-[ec]$)/; // options that choose another Worker than wrangler.toml's

main(async (args) => {
  await prepare();
  const url = await deploy(args);
  if (args.includes("--dry-run")) return;
  if (args.some((arg) => kElsewhere.test(arg)))
    return say("Deployed. Its keys and a first heartbeat are up to you.");
  const isNew = await provideKeys();
  if (!url)
    return say("Deployed, to no address that wrangler knows of. Which it has, workers_dev and routes say.");
  await verify(url, {
    keys: readKeys(kFile),
    alertKey: readVars(kFile)[kAlertKey],
    patienceMs: isNew ? patience.withNew : patience.withKnown,
  });
  say(`\nDashboard: ${url}/`);
});

// KV and the collector are made by wrangler, where they are missing. Resolves with the address.
async function deploy(args) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "heartbeat-deploy-"));
  const file = path.join(folder, "output");
  try {
    const code = await attached(...wrangler("deploy", ...args), { env: { WRANGLER_OUTPUT_FILE_PATH: file } });
    if (code !== 0) throw new Failure("wrangler could not deploy. What it said above tells why.");
    if (args.includes("--dry-run")) return undefined;
    const url = urlOf(readFileSync(file, "utf8"));
    if (url) rememberUrl(url);
    return deployedUrl();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

// Without keys every heartbeat is refused. A machine that is thrown away afterwards makes none: they would be lost.
// Resolves with whether the monitor has none yet, so is new.
async function provideKeys() {
  if ((await secretNames()).some(isKeys)) return false;
  if (process.env.CI) {
    say("The monitor has no keys yet. On your own machine: npm run keys -- --put");
    return true;
  }
  const names = missingKeys(readConfig("services"));
  if (names.length > 0) await makeKeys(names);
  await putSecrets();
  say(`The keys of the services are in ${kFile}, which git ignores. Keep a copy where passwords are kept.`);
  return true;
}

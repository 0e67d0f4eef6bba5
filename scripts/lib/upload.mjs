// The upload of a version: code, configuration and secrets at once.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { urlOf } from "./deployed.mjs";
import { attached } from "./run.mjs";
import { Failure } from "./say.mjs";
import { kBinding } from "./target.mjs";
import { listedBy, wrangler } from "./wrangler.mjs";

// Resolves with the address that wrangler says, if any. Secrets that the Worker has and that are not among these stay.
// `kvId` is a namespace to use instead of making one.
export async function upload(args, { target, secrets, kvId }) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "heartbeat-deploy-"));
  const inFolder = (name) => path.join(folder, name);
  const linked = kvId && linkedConfigOf(target);
  try {
    if (secrets) writeFileSync(inFolder("secrets.json"), JSON.stringify(secrets), { mode: 0o600 });
    if (linked) await writeLinked(linked, target, kvId);
    const all = [...args, ...(linked ? ["--config", linked] : [])];
    if (target.config.env && !target.env) all.push("--env="); // the one around them is meant
    if (secrets) all.push("--secrets-file", inFolder("secrets.json"));
    return await uploaded(all, inFolder("output"));
  } finally {
    rmSync(folder, { recursive: true });
    if (linked) rmSync(linked, { force: true });
  }
}

async function uploaded(args, file) {
  writeFileSync(file, "");
  const code = await attached(...wrangler("deploy", ...args), { env: { WRANGLER_OUTPUT_FILE_PATH: file } });
  if (code !== 0) throw new Failure("wrangler could not deploy. What it said above tells why.");
  return urlOf(readFileSync(file, "utf8"));
}

// The id of the namespace that wrangler would make for a Worker without one, and cannot make because it is there: left
// by a deploy that failed after making it, or by a Worker that was deleted.
export async function leftNamespace({ name, section }) {
  const binding = section.kv_namespaces?.find((each) => each.binding === kBinding);
  if (!binding || binding.id) return undefined;
  const all = await listedBy(["kv", "namespace", "list"], "The KV namespaces could not be asked for.");
  const title = `${name}-${kBinding.toLowerCase().replaceAll("_", "-")}`;
  const found = all.find((each) => each.title === title);
  return found && { title, id: found.id };
}

// Beside the configuration, because the paths in it start there.
const linkedConfigOf = ({ configFile }) => path.join(path.dirname(configFile), ".wrangler.linked.json");

async function writeLinked(file, { config, env }, id) {
  const copy = structuredClone(config);
  const section = env ? copy.env[env] : copy;
  section.kv_namespaces.find(({ binding }) => binding === kBinding).id = id;
  writeFileSync(file, JSON.stringify(copy));
}

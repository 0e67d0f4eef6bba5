// Which Worker is meant: that of wrangler.toml, or another one, by the options that wrangler has for that.
import { readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { root } from "./paths.mjs";
import { kFile } from "./production-vars.mjs";
import { Failure } from "./say.mjs";

export const kBinding = "HEARTBEAT_KV";

const kConfig = "wrangler.toml";
const text = { type: "string" };

// These choose another Worker, and go to every wrangler that is asked about it.
export const targetOptions = {
  name: text,
  env: { ...text, short: "e" },
  config: { ...text, short: "c" },
};

export const targetUsage = `  --env NAME       the Worker of an environment in wrangler.toml
  --name NAME      a Worker of another name
  --config FILE    another configuration than wrangler.toml`;

// What an environment does not take over from the configuration around it.
const kNotInherited = ["kv_namespaces", "durable_objects", "ratelimits", "send_email"];

// {name, isNamed, isUsual, named, options, file, section, config, configFile, env}: `isUsual` when it is the one that
// wrangler.toml names, `isNamed` when only an option does. `named` are wrangler's options for commands about the
// Worker, `options` those about its bindings; `file` has its secrets; `section` is the part of the configuration that
// counts.
export async function targetOf(given) {
  const configFile = path.resolve(root, given.config ?? kConfig);
  const config = await readWranglerConfig(configFile);
  const env = given.env ?? process.env.CLOUDFLARE_ENV;
  const section = env ? environmentOf(config, env, configFile) : config;
  const name = given.name ?? section.name ?? (env ? `${config.name}-${env}` : config.name);
  const where = given.config ? ["--config", configFile] : [];
  const [named, options] = [["--name", name, ...where], env ? ["--env", env, ...where] : where];
  const isUsual = name === (await defaultName());
  const file = isUsual ? kFile : `${kFile}.${name}`; // each Worker has keys of its own
  const isNamed = given.name !== undefined;
  return { name, isNamed, isUsual, named, options, file, section, config, configFile, env };
}

// The same, out of arguments that have others beside them.
export async function targetAmong(args) {
  const { values } = parseArgs({ args, options: targetOptions, strict: false, allowPositionals: true });
  const given = Object.keys(targetOptions).filter((key) => typeof values[key] === "string");
  return targetOf(Object.fromEntries(given.map((key) => [key, values[key]])));
}

// The name of the Worker in wrangler.toml.
export const defaultName = async () => (await readWranglerConfig(path.join(root, kConfig))).name;

async function readWranglerConfig(file) {
  try {
    const content = readFileSync(file, "utf8");
    if (!file.endsWith(".toml")) return (await import("jsonc-parser")).default.parse(content);
    return (await import("smol-toml")).parse(content); // not there before the packages are installed
  } catch (error) {
    throw new Failure(`${file} could not be read: ${error.message}`);
  }
}

function environmentOf(config, env, file) {
  const section = config.env?.[env];
  if (section) return section;
  throw new Failure(
    `There is no [env.${env}] in ${path.basename(file)}. DEPLOY.md says what it has to hold.`,
  );
}

// Fails with the lines that an environment lacks.
export async function requireBindings({ config, section, env, configFile }) {
  const missing = kNotInherited.filter((key) => config[key] && !section[key]);
  if (missing.length === 0) return;
  const { stringify } = await import("smol-toml");
  const lines = stringify({ env: { [env]: Object.fromEntries(missing.map((key) => [key, config[key]])) } });
  throw new Failure(
    `An environment takes over no bindings, so that [env.${env}] would have no store. Add to ` +
      `${path.basename(configFile)}:\n\n${lines.replaceAll(/^(id|preview_id) = .*\n/gm, "").trimEnd()}`,
  );
}

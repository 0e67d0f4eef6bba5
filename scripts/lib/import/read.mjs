// A file of another monitor, read: { source, services: [{name, slug?, group?, description?, enabled, token?, threshold?,
// formula, notes} or {name, refused}] }.
import { closeSync, openSync, readSync, statSync } from "node:fs";
import path from "node:path";
import { readText, reasonOf } from "../files.mjs";
import { parseJson } from "../json.mjs";
import { inRoot, node } from "../paths.mjs";
import { capture } from "../run.mjs";
import { Failure } from "../say.mjs";
import { isGatus, ofGatus } from "./gatus.mjs";
import { isHealthchecks, ofHealthchecks } from "./healthchecks.mjs";
import { isKuma, ofKumaBackup, ofKumaRows } from "./kuma.mjs";

const kLargest = 64_000_000; // bytes of a text
const kNone =
  "is none of these: the checks of Healthchecks (JSON), a backup (JSON) or kuma.db of Uptime Kuma, the configuration of " +
  "Gatus (YAML), the folder of a monitor with the same documents";

export async function readOther(file) {
  if (isDatabase(file)) return ofKumaRows(await rowsOf(file));
  if (statSync(file).size > kLargest)
    throw new Failure(`${file} is larger than 64 MB, which is no list of services.`);
  const text = readText(file, file);
  const value = /\.ya?ml$/i.test(file) ? await parseYaml(text, file) : parseJson(text, file);
  if (isHealthchecks(value)) return ofHealthchecks(value);
  if (isKuma(value)) return ofKumaBackup(value);
  if (isGatus(value)) return ofGatus(value);
  throw new Failure(`${file} ${kNone}.`);
}

function isDatabase(file) {
  try {
    const head = Buffer.alloc(16);
    const from = openSync(file);
    readSync(from, head);
    closeSync(from);
    return head.toString("latin1") === "SQLite format 3\0";
  } catch (error) {
    throw new Failure(`${file} ${reasonOf(error)}.`);
  }
}

async function rowsOf(file) {
  const program = inRoot("scripts", "lib", "import", "kuma-db.mjs");
  const { code, output } = await capture(node, ["--no-warnings", program, path.resolve(file)]);
  if (code === 0) return JSON.parse(output);
  throw new Failure(
    `${file} could not be read as the database of Uptime Kuma. Stop Uptime Kuma, and copy kuma.db with what lies ` +
      `beside it, kuma.db-wal and kuma.db-shm.`,
  );
}

async function parseYaml(text, file) {
  const { parse } = await import("yaml"); // not there before the packages are installed
  try {
    return parse(text);
  } catch (error) {
    const at = error.linePos?.[0];
    const what = error.message.split(/ at line |\n/)[0];
    throw new Failure(`${file}: ${at ? `line ${at.line}, column ${at.col}: ` : ""}${what}`);
  }
}

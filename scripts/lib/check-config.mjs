// Asks the core itself whether the configuration is right.
import { readFile } from "node:fs/promises";
import { Core } from "../../shim/core.js";
import { requestEvent } from "../../shim/frames.js";
import { zoneOffsets } from "../../shim/zone.js";
import { cronsOf, readWranglerToml } from "./config.mjs";
import { cronOf } from "./cron.mjs";
import { readText } from "./files.mjs";
import { jsonFault } from "./json.mjs";
import { inRoot } from "./paths.mjs";
import { Failure, say } from "./say.mjs";
import { readVars } from "./vars.mjs";

const files = {
  services: "config/services.json",
  notifications: "config/notifications.json",
  settings: "config/settings.json",
  dashboard: "config/dashboard.json",
  page: "dashboard/page.html",
};

// Prints the warnings; fails with the list of faults. Resolves with what the core calls this configuration.
export async function checkConfig() {
  const { faults, warnings, texts } = await findings();
  for (const warning of warnings) say(`Warning: ${warning}`);
  if (faults.length > 0) throw new Failure(faultList(faults));
  return (await configured(asBundled(texts))).identity;
}

// The bundler reads the files, and the shim writes them again.
const asBundled = ({ page, ...texts }) => ({
  ...Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, JSON.stringify(JSON.parse(text))]),
  ),
  page,
});

// The same in silence; `said` makes the sentence of the faults.
export async function requireNoFaults(said = faultList) {
  const { faults } = await findings();
  if (faults.length > 0) throw new Failure(said(faults));
}

export const faultList = (faults) => ["The configuration has faults:", ...faults.map(item)].join("\n");

const item = (text) => `  - ${text}`;

// { faults, warnings }, a sentence each, and the `texts` of the files.
async function findings() {
  const { texts, unreadable } = readAll();
  if (unreadable.length > 0) return { faults: unreadable, warnings: [] };
  const { faults = [], warnings = [] } = await configured(texts);
  const ofFiles = withPlaces(texts, faults);
  return { faults: [...ofFiles, ...(await wranglerFaults(texts, ofFiles))], warnings, texts };
}

function readAll() {
  const [texts, unreadable] = [{}, []];
  for (const [name, file] of Object.entries(files)) {
    try {
      texts[name] = readText(inRoot(file), file);
    } catch (error) {
      unreadable.push(error.message);
    }
  }
  return { texts, unreadable };
}

async function configured(texts) {
  return (await coreWith(texts)).configured;
}

// Which zones there are is told to it once it has said which are named.
async function coreWith(texts) {
  const module = await WebAssembly.compile(await readFile(inRoot("build", "core.wasm")));
  const vars = readVars(".dev.vars");
  const { zones, timezone } = new Core(module, vars, texts).configured;
  const known = [...Intl.supportedValuesOf("timeZone"), ...[timezone, ...zones].filter(isZone)];
  return new Core(module, vars, { ...texts, zones: known.join("\n") });
}

// Older names are not in the list, but known.
function isZone(timeZone) {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone }));
  } catch {
    return false;
  }
}

// Of each service with a schedule: {name, schedule: {text, timezone, next}}, with so many of its next slots.
export async function nextSlots(count) {
  const core = await coreWith(readAll().texts);
  const event = requestEvent(["GET", "/api/services", `next=${count}`, "", "", "", "", ""], new Uint8Array());
  const now = Date.now();
  const { reply } = core.step({ now, zones: zoneOffsets(core.configured.zones)(now) }, event);
  return JSON.parse(new TextDecoder().decode(reply.body)).filter(({ schedule }) => schedule);
}

// What the core says of a file that is no JSON is replaced by where in it and why.
function withPlaces(texts, faults) {
  const names = Object.keys(files).filter((name) => name !== "page");
  const broken = names.flatMap((name) => {
    const fault = jsonFault(texts[name]);
    return fault ? [{ start: `${name}.json: `, fault }] : [];
  });
  const others = faults.filter((fault) => !broken.some(({ start }) => fault.startsWith(start)));
  return [...broken.map(({ start, fault }) => start + fault), ...others];
}

// The core does not see wrangler.toml, whose cron must run checks as often as the settings say.
async function wranglerFaults(texts, faults) {
  try {
    const crons = cronsOf(await readWranglerToml());
    if (faults.length > 0) return [];
    const seconds = JSON.parse(texts.settings).monitoring?.checkIntervalSeconds ?? 60;
    const [wanted, found] = [[cronOf(seconds)], crons].map((list) => JSON.stringify(list));
    if (wanted === found) return [];
    return [
      `wrangler.toml: crons must be ${wanted}, because checkIntervalSeconds is ${seconds}; it is ${found}`,
    ];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return [error.message];
  }
}

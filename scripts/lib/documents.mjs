// The three documents of the monitor in KV, as files of a folder.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { readText } from "./files.mjs";
import { parseJson } from "./json.mjs";
import { inRoot } from "./paths.mjs";
import { Failure, say } from "./say.mjs";
import { takeState } from "./state.mjs";
import { askWrangler, listedBy } from "./wrangler.mjs";

export const kFiles = {
  "monitor:latest": "monitor-latest.json",
  "monitor:data": "monitor-data.json",
  "recent:alerts": "recent-alerts.json",
};

// Does a job where the KV is: Cloudflare's, or that of `npm start` on this machine, which has to be stopped for that.
export async function inPlace({ local }, command, job) {
  if (!local) return job("--remote");
  const state = await takeState(command);
  try {
    return await job("--local");
  } finally {
    state.release();
  }
}

const inKv = (place) => ["--binding", "HEARTBEAT_KV", place];

// By key, as text; those that there are.
export async function readKv(place) {
  const sentence = "KV could not be read. Is the monitor deployed, and wrangler logged in?";
  const there = (await listedBy(["kv", "key", "list", ...inKv(place)], sentence)).map(({ name }) => name);
  const documents = {};
  for (const key of Object.keys(kFiles).filter((each) => there.includes(each))) {
    documents[key] = await askWrangler(["kv", "key", "get", key, ...inKv(place)], sentence);
  }
  return documents;
}

export async function writeKv(place, documents) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "heartbeat-kv-"));
  const file = path.join(folder, "documents.json");
  const pairs = Object.entries(documents).map(([key, value]) => ({ key, value }));
  try {
    writeFileSync(file, JSON.stringify(pairs));
    await askWrangler(["kv", "bulk", "put", file, ...inKv(place)], "KV could not be written.");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

// Writes what KV has into a folder, which must not be there yet. Resolves with how many documents that were.
export async function backUp(place, folder) {
  if (existsSync(folder)) throw new Failure(`${folder} is there already; name another folder.`);
  const documents = Object.entries(await readKv(place));
  if (documents.length === 0) return 0;
  mkdirSync(folder, { recursive: true });
  for (const [key, text] of documents) writeFileSync(path.join(folder, kFiles[key]), text);
  say(`Saved to ${folder}: ${documents.map(([key]) => kFiles[key]).join(", ")}.`);
  return documents.length;
}

export const newFolder = (name) =>
  inRoot("backups", `${new Date().toISOString().slice(0, -1).replaceAll(/[:.]/g, "-")}${name}`);

// The documents of a folder by key, parsed.
export function readFolder(folder) {
  const found = Object.entries(kFiles).filter(([, file]) => existsSync(path.join(folder, file)));
  if (found.length === 0) {
    throw new Failure(`${folder} has none of ${Object.values(kFiles).join(", ")}.`);
  }
  return Object.fromEntries(found.map(([key, file]) => [key, parsed(path.join(folder, file))]));
}

const parsed = (file) => parseJson(readText(file, file), file);

// Puts documents in the place of those in KV, which are saved first.
export async function replace(place, documents) {
  await backUp(place, newFolder("-before"));
  await writeKv(place, asTexts(documents, Date.now()));
  say("Written. The monitor takes it over at one of its next checks, within six minutes.");
}

// The collector takes over a history that was put later than its own.
export function asTexts(documents, now) {
  const { "monitor:data": data, ...others } = documents;
  const all = data ? { ...others, "monitor:data": { ...data, revision: now } } : others;
  return Object.fromEntries(Object.entries(all).map(([key, json]) => [key, JSON.stringify(json)]));
}

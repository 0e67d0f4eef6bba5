// npm run import -- <folder or file>: moves in from another monitor. A folder has the documents of the JavaScript monitor
// that uses the same names, monitor:data, monitor:latest and recent:alerts; with --local they go into the monitor of npm
// start. A file has the services of Healthchecks, Uptime Kuma or Gatus.
import { statSync } from "node:fs";
import path from "node:path";
import "./lib/node-version.mjs";
import { readConfig } from "./lib/config.mjs";
import { inPlace, readFolder, replace } from "./lib/documents.mjs";
import { reasonOf } from "./lib/files.mjs";
import { importServices } from "./lib/import/services.mjs";
import { imported } from "./lib/imported.mjs";
import { installPackages } from "./lib/install.mjs";
import { optionsOf } from "./lib/options.mjs";
import { Failure, main, say } from "./lib/say.mjs";

const usage = `npm run import -- <folder or file> [--dry-run] [--local]

Moves in from another monitor. A folder has the documents of the JavaScript monitor that uses the same names, as
monitor-data.json, monitor-latest.json and recent-alerts.json. A file has the services of Healthchecks, Uptime Kuma or
Gatus.

  --dry-run        says what would be taken over, and writes nothing
  --local          documents go into the monitor of npm start, while it is stopped

  npm run import -- moving --dry-run
  npm run import -- moving
`;

main(async (args) => {
  const options = { local: { type: "boolean" }, "dry-run": { type: "boolean" } };
  const { words, local, "dry-run": isDry } = optionsOf(args, { options, usage, count: [1, 1] });
  const place = path.resolve(words[0]);
  if (isFolder(place)) return importDocuments(place, { local, isDry });
  if (local)
    throw new Failure("--local is for a folder of documents; services go into config/services.json.");
  await importServices(place, { isDry });
}, usage);

function isFolder(place) {
  try {
    return statSync(place).isDirectory();
  } catch (error) {
    throw new Failure(`${place} ${reasonOf(error)}.`);
  }
}

async function importDocuments(folder, { local, isDry }) {
  const { documents, services, days, unread } = imported(readFolder(folder));
  say(`Read: ${services.length} services with ${days} days in all.`);
  if (unread > 0) say(`Left out: ${unread} last heartbeats or alerts without a time that can be read.`);
  const strangers = strangersAmong(services);
  if (strangers.length > 0) {
    say(
      `Not in config/services.json, so kept but not shown: ${strangers.join(", ")}. "formerly" gives a renamed`,
    );
    say("service the history of its earlier id.");
  }
  if (isDry) return say("Nothing was written.");
  await installPackages();
  await inPlace({ local }, "npm run import", (place) => replace(place, documents));
}

function strangersAmong(ids) {
  const known = readConfig("services").services.flatMap(({ id, formerly = [] }) => [id, formerly].flat());
  return ids.filter((id) => !known.includes(id));
}

// npm run import -- folder: moves in from the JavaScript monitor of the same document names, whose monitor:data,
// monitor:latest and recent:alerts are the files of the folder. With --local into the monitor of npm start.
import path from "node:path";
import "./lib/node-version.mjs";
import { readConfig } from "./lib/config.mjs";
import { placeOf, readFolder, replace } from "./lib/documents.mjs";
import { imported } from "./lib/imported.mjs";
import { installPackages } from "./lib/install.mjs";
import { optionsOf } from "./lib/options.mjs";
import { main, say } from "./lib/say.mjs";

const usage = "npm run import -- <folder> [--local]";

main(async (args) => {
  const options = { local: { type: "boolean" } };
  const { words, ...where } = optionsOf(args, { options, usage, count: [1, 1] });
  const { documents, services, days, unread } = imported(readFolder(path.resolve(words[0])));
  say(`Read: ${services.length} services with ${days} days in all.`);
  if (unread > 0) say(`Left out: ${unread} last heartbeats or alerts without a time that can be read.`);
  const strangers = strangersAmong(services);
  if (strangers.length > 0) {
    say(
      `Not in config/services.json, so kept but not shown: ${strangers.join(", ")}. "formerly" gives a renamed`,
    );
    say("service the history of its earlier id.");
  }
  await installPackages();
  await replace(placeOf(where), documents);
});

function strangersAmong(ids) {
  const known = readConfig("services").services.flatMap(({ id, formerly = [] }) => [id, formerly].flat());
  return ids.filter((id) => !known.includes(id));
}

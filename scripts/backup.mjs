// npm run backup: the documents in KV as files, in a new folder under backups/ or in the one that is named. With
// --local those of npm start.
import path from "node:path";
import "./lib/node-version.mjs";
import { backUp, inPlace, newFolder } from "./lib/documents.mjs";
import { installPackages } from "./lib/install.mjs";
import { optionsOf } from "./lib/options.mjs";
import { Failure, main } from "./lib/say.mjs";

const usage = `npm run backup -- [folder] [--local]

Saves what the monitor keeps in KV as files, in a new folder under backups/ or in the one that is named.

  --local          the monitor of npm start, while it is stopped, instead of the deployed one

  npm run backup
  npm run backup -- backups/friday
`;

main(async (args) => {
  const options = { local: { type: "boolean" } };
  const { words, ...where } = optionsOf(args, { options, usage, count: [0, 1] });
  await installPackages();
  const folder = words[0] ? path.resolve(words[0]) : newFolder("");
  const count = await inPlace(where, "npm run backup", (place) => backUp(place, folder));
  if (count === 0) throw new Failure("There is nothing in KV yet.");
}, usage);

// npm run restore -- folder: puts the files of a backup in the place of what is in KV. With --local in that of npm start.
import path from "node:path";
import "./lib/node-version.mjs";
import { inPlace, readFolder, replace } from "./lib/documents.mjs";
import { installPackages } from "./lib/install.mjs";
import { optionsOf } from "./lib/options.mjs";
import { main } from "./lib/say.mjs";

const usage = `npm run restore -- <folder> [--local]

Puts the files of a backup in the place of what is in KV, which is saved first. The monitor takes it over within six
minutes.

  --local          the monitor of npm start, while it is stopped, instead of the deployed one

  npm run restore -- backups/friday
`;

main(async (args) => {
  const options = { local: { type: "boolean" } };
  const { words, ...where } = optionsOf(args, { options, usage, count: [1, 1] });
  const documents = readFolder(path.resolve(words[0]));
  await installPackages();
  await inPlace(where, "npm run restore", (place) => replace(place, documents));
}, usage);

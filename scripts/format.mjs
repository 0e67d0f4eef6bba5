// npm run format: white space as the tests of it want to have it.
import "./lib/node-version.mjs";
import { cppFiles } from "./lib/cpp-files.mjs";
import { installPackages, installPrograms, toFormat } from "./lib/install.mjs";
import { prettier } from "./lib/prettier.mjs";
import { run } from "./lib/run.mjs";
import { main } from "./lib/say.mjs";

const usage = `npm run format

Lays out all files with prettier and clang-format, as the tests want them.

  npm run format
`;

main(async () => {
  await installPackages();
  await installPrograms(toFormat);
  await run(...prettier("--write", "."), "prettier failed.");
  await run("clang-format", ["-i", ...cppFiles()], "clang-format failed.");
}, usage);

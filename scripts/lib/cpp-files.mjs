// The C++ of the repository, for the tools that take lists of files.
import { existsSync, readdirSync } from "node:fs";
import { inRoot } from "./paths.mjs";

const folders = ["src", "worker", "tests", "bench"];

// Relative to the root.
export function cppFiles() {
  return folders.filter((folder) => existsSync(inRoot(folder))).flatMap(filesIn);
}

const filesIn = (folder) =>
  readdirSync(inRoot(folder), { recursive: true })
    .filter((file) => /\.[ch]pp$/.test(file))
    .map((file) => `${folder}/${file}`);

// What ships: sources of the core, with the headers they include.
export const tidyFiles = () =>
  cppFiles().filter((file) => /^src\/.*\.cpp$/.test(file) && !file.endsWith("_test.cpp"));

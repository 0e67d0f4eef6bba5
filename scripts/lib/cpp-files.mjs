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

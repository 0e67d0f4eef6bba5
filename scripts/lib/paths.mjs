// Where things are, whatever directory a command is started in.
import { accessSync, constants } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");

export const inRoot = (...parts) => path.join(root, ...parts);

// The Node of node_modules, new enough for wrangler whatever the machine's own one is.
export const node = inRoot("node_modules", "node", "bin", "node");

// The full path of a program on PATH, or undefined.
export function onPath(program) {
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter(Boolean);
  return folders.map((folder) => path.join(folder, program)).find(isExecutable);
}

export function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

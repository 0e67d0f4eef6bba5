// Files as people write them: read, or said in one sentence why they cannot be.
import { readFileSync } from "node:fs";
import { Failure } from "./say.mjs";

const sentences = {
  ENOENT: "is not there",
  EISDIR: "is a folder; a file of that name is needed",
  ENOTDIR: "is not there: part of its path is no folder",
  EACCES: "may not be read by this user",
  EPERM: "may not be read by this user",
};

export const reasonOf = (error) =>
  sentences[error.code] ?? `could not be read (${error.code ?? error.message})`;

// `name` is what the person calls it.
export function readText(file, name) {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new Failure(`${name} ${reasonOf(error)}.`);
  }
}

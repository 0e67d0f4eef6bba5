// Files that others may be reading: they find the former content or the whole of the next one.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";

const kBeside = ".part";

// Leaves a file alone that has the content already, so that nobody who watches it is woken. Returns whether it had not.
export function replaceFile(file, content, options = {}) {
  if (hasContent(file, Buffer.from(content))) return false;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file + kBeside, content, options);
  renameSync(file + kBeside, file);
  return true;
}

function hasContent(file, content) {
  try {
    return readFileSync(file).equals(content);
  } catch {
    return false;
  }
}

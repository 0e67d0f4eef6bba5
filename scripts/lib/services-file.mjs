// Additions to config/services.json, as a person would make them: everything that stands there stays as it is.
import { readFileSync, writeFileSync } from "node:fs";
import { parseConfig } from "./config.mjs";
import { inRoot } from "./paths.mjs";
import { Failure } from "./say.mjs";

const file = inRoot("config", "services.json");

// Adds the service at the end, and its id to the group, if one is named. Returns a function that takes it back.
export async function addService(service, groupId) {
  const before = readFileSync(file, "utf8");
  writeFileSync(file, await withService(before, service, groupId));
  return () => writeFileSync(file, before);
}

// The text with the service in it.
export async function withService(text, service, groupId) {
  const config = parseConfig(text, "services");
  const { services = [], groups = [] } = config ?? {};
  const isObject = Object(config) === config && !Array.isArray(config);
  if (!isObject || !Array.isArray(services) || !Array.isArray(groups)) {
    throw new Failure('config/services.json must be an object with the lists "services" and "groups".');
  }
  if (services.some(({ id }) => id === service.id)) {
    throw new Failure(`There is a service "${service.id}" in config/services.json already.`);
  }
  const added = await inserted(text, ["services"], service);
  if (groupId === undefined) return laidOut(text, added);
  const at = groups.findIndex(({ id }) => id === groupId);
  if (at < 0) throw new Failure(`There is no group "${groupId}". There are: ${names(groups)}.`);
  return laidOut(text, await inserted(added, ["groups", at, "services"], service.id));
}

const names = (groups) => groups.map(({ id }) => id).join(", ") || "none";

// At the end of a list, which is made when it is not there.
async function inserted(text, path, value) {
  const { applyEdits, findNodeAtLocation, modify, parseTree } = await jsonc();
  const last = findNodeAtLocation(parseTree(text), path)?.children?.at(-1);
  if (last) return insertedAfter(text, last, value);
  const unit = unitOf(text) ?? "  ";
  const formattingOptions = {
    insertSpaces: !unit.startsWith("\t"),
    tabSize: unit.length,
    eol: endOfLine(text),
  };
  return applyEdits(text, modify(text, path, [value], { formattingOptions }));
}

// On lines of its own when the one before is, else beside it.
function insertedAfter(text, { offset, length }, value) {
  const end = offset + length;
  const indent = text.slice(0, offset).match(/\n([ \t]*)$/)?.[1];
  const added =
    indent === undefined
      ? `, ${JSON.stringify(value)}`
      : `,\n${JSON.stringify(value, null, unitOf(text)).replaceAll(/^/gm, indent)}`;
  return text.slice(0, end) + added.replaceAll("\n", endOfLine(text)) + text.slice(end);
}

// The text's own manner.
const unitOf = (text) => text.match(/^[ \t]+/m)?.[0];
const endOfLine = (text) => (text.includes("\r\n") ? "\r\n" : "\n");

const jsonc = async () => (await import("jsonc-parser")).default;

// By prettier, where the text was laid out by it.
async function laidOut(before, text) {
  const prettier = await import("prettier");
  const options = { ...(await prettier.resolveConfig(file)), filepath: file };
  return (await prettier.check(before, options)) ? prettier.format(text, options) : text;
}

// Additions to config/services.json, as a person would make them: everything that stands there stays as it is.
import { parseConfig } from "./config.mjs";
import { readText } from "./files.mjs";
import { inRoot } from "./paths.mjs";
import { replaceFile } from "./replace.mjs";
import { Failure } from "./say.mjs";

const file = inRoot("config", "services.json");

// Adds the service at the end, and its id to the group, if one is named. Returns a function that takes it back.
export const addService = (service, groupId) => rewrite((text) => withService(text, service, groupId));

// Adds services, and groups or, where there is one of that id, its services to it. Returns the same.
export const addAll = (services, groups) => rewrite((text) => withAll(text, services, groups));

async function rewrite(change) {
  const before = readText(file, "config/services.json");
  replaceFile(file, await change(before));
  return () => replaceFile(file, before);
}

// The text with the service in it.
export async function withService(text, service, groupId) {
  const { services, groups } = listsIn(text);
  if (services.some(({ id }) => id === service.id)) {
    throw new Failure(`There is a service "${service.id}" in config/services.json already.`);
  }
  if (groupId === undefined) return withAll(text, [service], []);
  if (!groups.some(({ id }) => id === groupId))
    throw new Failure(`There is no group "${groupId}". There are: ${names(groups)}.`);
  return withAll(text, [service], [{ id: groupId, services: [service.id] }]);
}

async function withAll(text, services, groups) {
  const indexOf = ({ id }) => listsIn(text).groups.findIndex((each) => each.id === id);
  let added = await inserted(text, ["services"], services);
  for (const group of groups.filter((each) => indexOf(each) >= 0)) {
    added = await inserted(added, ["groups", indexOf(group), "services"], group.services);
  }
  const others = groups.filter((each) => indexOf(each) < 0);
  return laidOut(text, await inserted(added, ["groups"], others));
}

// The lists of services and of groups.
export function listsIn(text) {
  const { services = [], groups = [] } = parseConfig(text, "services");
  if (
    ![services, groups].every((list) => Array.isArray(list) && list.every((each) => each instanceof Object))
  ) {
    throw new Failure('config/services.json must be an object with the lists "services" and "groups".');
  }
  return { services, groups };
}

const names = (groups) => groups.map(({ id }) => id).join(", ") || "none";

// At the end of a list, which is made when it is not there.
async function inserted(text, path, values) {
  if (values.length === 0) return text;
  const { applyEdits, findNodeAtLocation, modify, parseTree } = await jsonc();
  const last = findNodeAtLocation(parseTree(text), path)?.children?.at(-1);
  if (last) return insertedAfter(text, last, values);
  const unit = unitOf(text) ?? "  ";
  const formattingOptions = {
    insertSpaces: !unit.startsWith("\t"),
    tabSize: unit.length,
    eol: endOfLine(text),
  };
  const [first, ...others] = values;
  const begun = applyEdits(text, modify(text, path, [first], { formattingOptions }));
  return inserted(begun, path, others);
}

// On lines of its own when the one before is, else beside it.
function insertedAfter(text, { offset, length }, values) {
  const end = offset + length;
  const indent = text.slice(0, offset).match(/\n([ \t]*)$/)?.[1];
  const added = values.map((value) =>
    indent === undefined
      ? `, ${JSON.stringify(value)}`
      : `,\n${JSON.stringify(value, null, unitOf(text)).replaceAll(/^/gm, indent)}`,
  );
  return text.slice(0, end) + added.join("").replaceAll("\n", endOfLine(text)) + text.slice(end);
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

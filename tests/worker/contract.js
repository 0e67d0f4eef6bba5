// What openapi.yaml promises of answers. Every answer that a test gets from the Worker is held against it.

import { readFileSync } from "node:fs";

import Ajv from "ajv/dist/2020.js";
import { parse } from "yaml";

import { inRoot } from "../../scripts/lib/paths.mjs";

const kDocument = "openapi";
const kError = "#/components/schemas/Error";

const document = parse(readFileSync(inRoot("openapi.yaml"), "utf8"));
const ajv = new Ajv({ strict: false, allErrors: true });
ajv.addSchema(document, kDocument);

// Paths as they stand in the document, the exact ones before those with a parameter.
const paths = Object.keys(document.paths)
  .toSorted((one, other) => one.includes("{") - other.includes("{"))
  .map((path) => ({
    path,
    pattern: new RegExp(`^${path.replaceAll(".", "\\.").replace(/\{\w+\}/, "[^/]+")}$`),
  }));

// Throws a sentence when such an answer to such a request is not what the document promises. `body` is text.
export function checkAnswer(method, url, { status, headers, body }) {
  const pathname = url.split("?")[0].replace(/(?<=.)\/+$/, "");
  const found = paths.find(({ pattern }) => pattern.test(pathname));
  const fault = found
    ? faultOf(found.path, method, { status, headers, body })
    : faultOfUnknown(method, status, body);
  if (fault)
    throw new Error(`${method} ${url} was answered ${status}, but openapi.yaml says otherwise: ${fault}`);
}

// A faulty configuration makes everything 500.
function faultOfUnknown(method, status, body) {
  if (status !== 404 && status !== 500) return "the path does not stand in it";
  return method === "HEAD" ? undefined : faultOfJson(kError, body);
}

function faultOf(path, method, { status, headers, body }) {
  const methods = document.paths[path];
  if (method === "OPTIONS")
    return status === 204 && body === "" ? undefined : "a preflight is 204 without a body";
  const operation = methods[method === "HEAD" ? "get" : method.toLowerCase()];
  if (!operation) return faultOfOtherMethod(methods, status, headers);
  const pointer = responsePointer(path, method, operation, status);
  if (!pointer) return "the status does not stand in it";
  const response = at(pointer);
  const missing = Object.keys(response.headers ?? {}).filter((name) => !headers.has(name));
  if (missing.length > 0) return `the header ${missing} is missing`;
  return method === "HEAD" ? faultOfHead(body) : faultOfContent(response, pointer, headers, body);
}

const faultOfHead = (body) => (body === "" ? undefined : "an answer to HEAD has no body");

function faultOfOtherMethod(methods, status, headers) {
  if (status !== 405) return "the method does not stand in it";
  const allowed = headers.get("Allow") ?? "";
  const missing = Object.keys(methods).filter((method) => !allowed.includes(method.toUpperCase()));
  return missing.length > 0 ? `Allow does not name ${missing}` : undefined;
}

// Where in the document the answer stands, a reference followed.
function responsePointer(path, method, operation, status) {
  const response = operation.responses[status];
  if (!response) return undefined;
  const verb = method === "HEAD" ? "get" : method.toLowerCase();
  return response.$ref ?? `#/paths/${escaped(path)}/${verb}/responses/${status}`;
}

function faultOfContent({ content = {} }, pointer, headers, body) {
  const type = headers.get("Content-Type")?.split(";")[0] ?? "";
  if (!content[type]) return `the content type is "${type}"`;
  const schema = `${pointer}/content/${escaped(type)}/schema`;
  return type === "application/json" ? faultOfJson(schema, body) : faultOfValue(schema, body);
}

function faultOfJson(pointer, body) {
  try {
    return faultOfValue(pointer, JSON.parse(body));
  } catch (error) {
    return `the body is no JSON: ${error.message}`;
  }
}

function faultOfValue(pointer, value) {
  const validate = ajv.getSchema(kDocument + encodeURI(pointer));
  return validate(value) ? undefined : ajv.errorsText(validate.errors, { dataVar: "body" });
}

const escaped = (key) => key.replaceAll("~", "~0").replaceAll("/", "~1");
const unescaped = (key) => key.replaceAll("~1", "/").replaceAll("~0", "~");

const at = (pointer) =>
  pointer
    .split("/")
    .slice(1)
    .reduce((value, key) => value[unescaped(key)], document);

// openapi.yaml itself, and that nothing slips through what holds answers against it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";

import { createConfig, lint } from "@redocly/openapi-core";
import { parse } from "yaml";

import { inRoot } from "../../scripts/lib/paths.mjs";
import { checkAnswer } from "./contract.js";

const read = (name) => readFileSync(inRoot(name), "utf8");
const document = parse(read("openapi.yaml"));

test("a linter finds nothing wrong with openapi.yaml", async () => {
  const rules = { "operation-4xx-response": "off", "info-license": "off" }; // the page has nothing to refuse
  const config = await createConfig({ extends: ["recommended"], rules });
  const problems = await lint({ ref: inRoot("openapi.yaml"), config });
  assert.deepEqual(
    problems.map(({ ruleId, message }) => `${ruleId}: ${message}`),
    [],
  );
});

test("it has the version of the project", () => {
  assert.equal(document.info.version, JSON.parse(read("package.json")).version);
});

test("every route of the core stands in it", () => {
  const routes = [...read("src/app/routes.cpp").matchAll(/\{"(GET|POST)", "(\/[^"]*)"/g)];
  assert.ok(routes.length > 10);
  for (const [, method, path] of routes) {
    const documented = path.replace("*", "{serviceId}");
    assert.ok(document.paths[documented]?.[method.toLowerCase()], `${method} ${path}`);
  }
});

describe("an answer is not what it promises", () => {
  const json = "application/json; charset=utf-8";
  const error = JSON.stringify({ error: "no" });
  const accepted = { success: true, message: "Heartbeat received", timestamp: "2026-11-22T06:00:00.000Z" };
  const stored = (more) => JSON.stringify({ ...accepted, ...more });

  // [method, url, status, body, headers, what is said]; the first ones are right.
  const cases = [
    ["POST", "/api/heartbeat/web/?a=b", 200, stored(), {}, undefined],
    ["POST", "/api/heartbeat", 401, error, {}, undefined],
    ["HEAD", "/api/status", 200, "", {}, undefined],
    ["OPTIONS", "/api/status", 204, "", {}, undefined],
    ["PUT", "/api/status", 405, error, { Allow: "GET, HEAD, OPTIONS" }, undefined],
    ["GET", "/nope", 404, error, {}, undefined],
    ["POST", "/api/heartbeat", 503, error, { "Retry-After": "1" }, undefined],
    ["POST", "/api/heartbeat", 503, error, {}, /the header Retry-After is missing/],
    ["GET", "/nope", 200, "{}", {}, /the path does not stand in it/],
    ["POST", "/api/heartbeat", 418, error, {}, /the status does not stand in it/],
    ["PUT", "/api/status", 200, error, {}, /the method does not stand in it/],
    ["PUT", "/api/status", 405, error, { Allow: "POST" }, /Allow does not name get/],
    ["OPTIONS", "/api/status", 200, "", {}, /a preflight is 204/],
    ["HEAD", "/api/status", 200, "x", {}, /an answer to HEAD has no body/],
    [
      "POST",
      "/api/heartbeat",
      401,
      "<p>no",
      { "Content-Type": "text/html" },
      /the content type is "text\/html"/,
    ],
    ["POST", "/api/heartbeat", 401, "no", {}, /the body is no JSON/],
    ["POST", "/api/heartbeat/web", 200, stored({ timestamp: "today" }), {}, /timestamp must match/],
    ["POST", "/api/heartbeat/web", 200, stored({ secret: 1 }), {}, /must NOT have additional properties/],
    ["POST", "/api/heartbeat/web", 200, "{}", {}, /must have required property 'success'/],
  ];
  for (const [method, url, status, body, headers, said] of cases) {
    test(`${method} ${url} ${status} ${said ?? "is right"}`, () => {
      const check = () =>
        checkAnswer(method, url, {
          status,
          headers: new Headers({ "Content-Type": json, ...headers }),
          body,
        });
      if (said) assert.throws(check, said);
      else check();
    });
  }
});

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { curlLine, exampleService } from "../../scripts/lib/config.mjs";

const services = [{ id: "off", enabled: false }, { id: "web" }, { id: "db" }];
const groups = [{ id: "prod", services: ["web"] }];

test("the example is the first enabled service that can be heard, with the key that counts for it", () => {
  const cases = [
    [
      { web: "W", prod: "P", "*": "A" },
      { id: "web", key: "W" },
    ],
    [
      { prod: "P", "*": "A" },
      { id: "web", key: "P" },
    ],
    [{ "*": "A" }, { id: "web", key: "A" }],
    [{ db: "D" }, { id: "db", key: "D" }],
    [{ off: "O" }, undefined],
    [{}, undefined],
  ];
  for (const [keys, expected] of cases) {
    const found = exampleService({ services, groups }, keys);
    assert.deepEqual(found && { id: found.id, key: found.key }, expected, JSON.stringify(keys));
  }
});

test("a service that needs no key is an example without one", () => {
  const open = {
    services: [{ id: "web" }],
    groups: [{ id: "g", services: ["web"], auth: { required: false } }],
  };
  assert.equal(exampleService(open, {}).id, "web");
});

test("the curl line survives the shell, whatever is in a key", () => {
  const line = curlLine("http://127.0.0.1:1", { id: "web", key: "it's $HOME `x` \\" });
  const args = execFileSync("sh", ["-c", line.replace("curl", "printf '%s\\n'")], { encoding: "utf8" });
  assert.equal(
    args,
    "-fsS\n-o\n/dev/null\n-m\n20\n--retry\n3\n--retry-connrefused\n-X\nPOST\n-H\nAuthorization: Bearer it's $HOME `x` \\\nhttp://127.0.0.1:1/api/heartbeat/web\n",
  );
});

// What tools that look for mistakes find in the clients.

import assert from "node:assert/strict";
import { test } from "node:test";

import { inRoot } from "../../scripts/lib/paths.mjs";
import { capture } from "../../scripts/lib/run.mjs";

const file = (name) => inRoot("clients", name);

for (const [title, program, ...args] of [
  ["shellcheck finds nothing", "shellcheck", file("heartbeat.sh")],
  ["dash can read heartbeat.sh", "dash", "-n", file("heartbeat.sh")],
  ["BusyBox can read heartbeat.sh", "busybox", "sh", "-n", file("heartbeat.sh")],
  ["pyflakes finds nothing", "pyflakes3", file("heartbeat.py")],
  ["Node can read heartbeat.mjs", process.execPath, "--check", file("heartbeat.mjs")],
]) {
  test(title, async () => {
    assert.deepEqual(await capture(program, args), { code: 0, output: "" });
  });
}

test("heartbeat.py is Python 3.8", async () => {
  const script = "import ast, sys; ast.parse(open(sys.argv[1]).read(), feature_version=(3, 8))";
  assert.deepEqual(await capture("python3", ["-c", script, file("heartbeat.py")]), { code: 0, output: "" });
});

// What the commands say on machines and for arguments that they cannot work with.
import assert from "node:assert/strict";
import { test } from "node:test";
import { root } from "../../scripts/lib/paths.mjs";
import { command } from "./copy.js";

async function ended(...args) {
  const running = command(root, ...args);
  return { code: await running.ended, output: running.output };
}

for (const args of [["--port", "0"], ["--port=65536"], ["--port", "80a"], ["--prot", "80"], ["9000"]]) {
  test(`npm start -- ${args.join(" ")} is refused with a sentence`, async () => {
    const { code, output } = await ended("start", args);
    assert.equal(code, 1);
    assert.match(output, /^The only option is --port .*\n$/);
  });
}

test("npm test names the tests there are when asked for others", async () => {
  const { code, output } = await ended("test", ["worker", "wroker"]);
  assert.equal(code, 1);
  assert.match(output, /^No such tests: wroker\. There are: native, .*\n$/);
});

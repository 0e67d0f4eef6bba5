import assert from "node:assert/strict";
import { test } from "node:test";
import { catchCounts, nodeCounts } from "../../scripts/lib/counts.mjs";

test("Catch2's closing line tells the test cases that passed and failed", () => {
  const cases = [
    ["All tests passed (10 assertions in 3 test cases)\n", { passed: 3, failed: 0 }],
    ["All tests passed (1 assertion in 1 test case)\n", { passed: 1, failed: 0 }],
    [
      "test cases:  5 |  3 passed | 2 failed\nassertions: 9 | 7 passed | 2 failed\n",
      { passed: 3, failed: 2 },
    ],
    ["test cases: 4 | 3 passed | 1 failed as expected\n", { passed: 3, failed: 0 }],
    ["test cases: 1 | 1 failed\n", { passed: 0, failed: 1 }],
    ["AddressSanitizer: heap-buffer-overflow\n", { passed: 0, failed: 0 }],
    ["No tests ran\n", { passed: 0, failed: 0 }],
  ];
  for (const [output, counts] of cases) assert.deepEqual(catchCounts(output), counts, output);
});

test("of Node's tests, those that were skipped or cancelled have not passed", () => {
  const output = "ℹ tests 10\nℹ suites 0\nℹ pass 6\nℹ fail 1\nℹ cancelled 1\nℹ skipped 2\nℹ todo 0\n";
  assert.deepEqual(nodeCounts(output), { passed: 6, failed: 4 });
});

// What the benches print.

import assert from "node:assert/strict";
import { test } from "node:test";

import { optionsOf } from "../../bench/http/options.js";
import { median } from "../../bench/numbers.js";
import { rowsOf, tableOf } from "../../bench/report.js";

const measured = (times) => ({
  groups: [{ cases: Object.entries(times).map(([name, us]) => ({ name, cpuNs: { median: us * 1000 } })) }],
});

test("an operation stands beside the same in JavaScript, its floor, and how it grows", () => {
  const rows = rowsOf(
    measured({
      "GET /, 1000 services": 400,
      "GET /, 100 services": 4,
      "GET / (JavaScript), 100 services": 8,
      "GET / (floor), 100 services": 1,
      "start, 100 services": 7,
    }),
  );
  assert.deepEqual(rows, [
    { name: "GET /", services: 100, us: 4, JavaScript: 8, floor: 1, growth: undefined },
    { name: "GET /", services: 1000, us: 400, JavaScript: undefined, floor: undefined, growth: 2 },
    { name: "start", services: 100, us: 7, JavaScript: undefined, floor: undefined, growth: undefined },
  ]);
  assert.deepEqual(tableOf(rows)[1], ["GET /", "100", "4", "8", "2", "1", ""]);
});

test("a case that failed is left empty", () => {
  const [row] = rowsOf({ groups: [{ cases: [{ name: "start, 100 services", status: "error" }] }] });
  assert.equal(row.us, undefined);
  assert.deepEqual(tableOf([row])[1], ["start", "100", "", "", "", "", ""]);
});

test("the median of an even number is the upper one, and nothing is reordered", () => {
  const numbers = [3, 1, 2, 10];
  assert.equal(median(numbers), 3);
  assert.deepEqual(numbers, [3, 1, 2, 10]);
});

test("bench:http takes rounds from 1 to 1,000, and says so otherwise", () => {
  assert.deepEqual(optionsOf(["--rounds", "1000", "--json"]), { rounds: 1000, json: true });
  assert.deepEqual(optionsOf([]), { rounds: 9, json: false });
  for (const rounds of ["0", "1001", "x", "-1", "1.5", ""]) {
    assert.throws(() => optionsOf([`--rounds=${rounds}`]), /--rounds takes a number up to 1000/);
  }
});

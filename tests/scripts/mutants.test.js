// npm run mutants: its list fits the sources, and it reads off which test went red.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { mutated, redOfCatch, redOfNode, summaryOf } from "../../scripts/lib/mutants.mjs";
import { inRoot } from "../../scripts/lib/paths.mjs";
import { core, shim } from "../mutants.js";

const all = [...core, ...shim];

test("each mutant changes one line of the sources as they are", () => {
  for (const mutant of all) {
    const text = readFileSync(inRoot(mutant.file), "utf8");
    const [before, after] = [text, mutated(text, mutant)].map((whole) => whole.split("\n"));
    assert.equal(after.length, before.length, mutant.name);
    assert.equal(before.filter((line, i) => line !== after[i]).length, 1, mutant.name);
  }
});

test("each mutant has a name of its own and says which rule it breaks", () => {
  assert.equal(new Set(all.map(({ name }) => name)).size, all.length);
  for (const { name, rule } of all) assert.match(rule, /^\S+ \S+ \S+/, name);
});

test("what is not there, or there twice, is no mutant", () => {
  const mutant = { name: "m", file: "f", before: "a < b", after: "a <= b" };
  assert.equal(mutated("if (a < b) c;", mutant), "if (a <= b) c;");
  assert.throws(() => mutated("if (a > b) c;", mutant), /m: .* in f exactly once: a < b/);
  assert.throws(() => mutated("a < b; a < b;", mutant), /exactly once/);
});

test("the test that went red is the last one, also when the program crashed in it", () => {
  const xml =
    '<TestCase name="one"><OverallResult success="true"/></TestCase><TestCase name="a &lt; &quot;b&quot;">';
  assert.equal(redOfCatch(xml), 'a < "b"');
});

test("of node:test the test is named, and the file only when that is all there is", () => {
  const tap =
    "not ok 2 - tests/shim/core.test.js\n    not ok 4 - writes are apart\nnot ok 10 - heartbeats in KV";
  assert.equal(redOfNode(tap), "writes are apart");
  assert.equal(redOfNode("not ok 2 - tests/shim/core.test.js"), "tests/shim/core.test.js");
});

test("the summary names who survived, and is good only when nobody did", () => {
  const results = [
    { name: "one", verdict: "killed" },
    { name: "two", verdict: "survived" },
  ];
  assert.deepEqual(summaryOf(results), {
    sentence: "1 of 2 mutants killed; 1 survived: two",
    isGood: false,
  });
  assert.equal(summaryOf(results.slice(0, 1)).isGood, true);
});

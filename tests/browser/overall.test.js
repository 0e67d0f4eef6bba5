// How everything is in one sentence: the page's script against the table that holds the core as well
// (src/page/get_page_test.cpp).

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { overallOf } from "../../dashboard/model/overall.ts";

const cases = JSON.parse(readFileSync(new URL("../data/overall.json", import.meta.url), "utf8"));

test("one sentence says how everything is, as the core says it", () => {
  for (const {
    isReadable = true,
    isChecked = true,
    ageSeconds = 60,
    status,
    sentence,
    ...numbers
  } of cases) {
    const total = Object.values(numbers).reduce((sum, number) => sum + number, 0);
    const counts = { total, ...numbers };
    const old = ageSeconds > 540 ? { oldMs: ageSeconds * 1000 } : {};
    const said = overallOf({ isReadable, isChecked, counts, ...old });
    assert.deepEqual([said.status, `${said.age} ${said.sentence}`.trim()], [status, sentence]);
  }
});

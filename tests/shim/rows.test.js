import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { Rows } from "../../shim/rows.js";

// A table that answers every query with these rows.
function rowsOf(table) {
  const result = Object.entries(table).map(([key, value]) => ({ key, value: Uint8Array.from(value).buffer }));
  const exec = () => ({ toArray: () => result, rowsRead: result.length });
  return new Rows({ sql: { exec } });
}

describe("a table that is not as it was written", () => {
  const damaged = {
    "a row of nothing": [{ latest: [] }, { latest: [] }],
    "a part without its beginning": [{ "latest/01": [7] }, {}],
    "a part behind a row of nothing": [{ latest: [], "latest/01": [7] }, { latest: [] }],
    "a part too few": [{ latest: [3, 1], "latest/01": [2] }, { latest: [1, 2] }],
    "a part too many": [{ latest: [1, 5], "latest/01": [6] }, { latest: [5] }],
  };
  for (const [name, [table, expected]] of Object.entries(damaged)) {
    test(`${name} is read as far as it goes`, () => {
      const documents = rowsOf(table).read({ from: "latest", until: "m" });
      assert.deepEqual(Object.fromEntries(documents.map(({ key, bytes }) => [key, [...bytes]])), expected);
    });
  }
});

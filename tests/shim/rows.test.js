import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { Rows } from "../../shim/rows.js";
import { FakeStorage } from "./storage.js";

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

describe("writing", () => {
  // How many transactions that takes.
  function transactionsOf(documents) {
    const storage = new FakeStorage();
    let transactions = 0;
    const rows = new Rows({
      sql: storage.sql,
      transactionSync(job) {
        transactions++;
        storage.transactionSync(job);
      },
    });
    rows.write(documents);
    for (const { key, bytes } of documents) assert.deepEqual(rows.read({ from: key }), [{ key, bytes }]);
    return transactions;
  }
  const ofSize = (size) => ({ key: "state", bytes: new Uint8Array(size).fill(7) });
  const kMost = 1024 * 1024 - 1; // of a row

  test("one row is one statement, and no transaction", () => {
    assert.equal(transactionsOf([ofSize(0)]), 0);
    assert.equal(transactionsOf([ofSize(kMost)]), 0);
  });

  test("a document of two parts, or two documents, are written all or none", () => {
    assert.equal(transactionsOf([ofSize(kMost + 1)]), 1);
    assert.equal(transactionsOf([ofSize(1), { key: "tick", bytes: new Uint8Array(1) }]), 1);
  });
});

// The collector's table: documents by key, each in parts that a row can hold. The first byte of its first row says
// in how many; the rest stand under `key/01`, `key/02`, …. Parts that a shorter document leaves behind are not
// looked at, and not deleted, because that would count as written rows.

import { joined } from "./streams.js";

const kPartBytes = 1024 * 1024 - 1;

export class Rows {
  work = { rowsWritten: 0, rowsRead: 0 };

  #storage;

  constructor(storage) {
    this.#storage = storage;
    storage.sql.exec("CREATE TABLE IF NOT EXISTS doc (key TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID");
  }

  // The documents {key, bytes} from one key up to, and without, another; of one key when there is no other.
  read({ from, until }) {
    const documents = [];
    for (const { key, value } of this.#select(from, until)) {
      if (!key.includes("/")) documents.push({ key, count: value[0], parts: [value.subarray(1)] });
      else if (documents.at(-1)?.parts.length < documents.at(-1)?.count) documents.at(-1).parts.push(value);
    }
    return documents.map(({ key, parts }) => ({ key, bytes: joined(parts) }));
  }

  // All of them or none. One row is one statement, which needs no transaction around it.
  write(documents) {
    const put = () => documents.forEach(({ key, bytes }) => this.#put(key, bytes));
    const isOneRow = documents.length === 1 && documents[0].bytes.length <= kPartBytes;
    if (isOneRow) put();
    else if (documents.length) this.#storage.transactionSync(put);
  }

  #select(from, until) {
    if (until)
      return this.#query("SELECT key, value FROM doc WHERE key >= ? AND key < ? ORDER BY key", from, until);
    const first = this.#query("SELECT key, value FROM doc WHERE key = ?", from);
    if (!first.length || first[0].value[0] === 1) return first;
    return [
      ...first,
      ...this.#query(
        "SELECT key, value FROM doc WHERE key >= ? AND key < ? ORDER BY key",
        `${from}/`,
        `${from}0`,
      ),
    ];
  }

  #query(sql, ...keys) {
    const cursor = this.#storage.sql.exec(sql, ...keys);
    const rows = cursor.toArray().map(({ key, value }) => ({ key, value: new Uint8Array(value) }));
    this.work.rowsRead += cursor.rowsRead ?? 0;
    return rows;
  }

  #put(key, bytes) {
    const count = Math.max(1, Math.ceil(bytes.length / kPartBytes));
    for (let part = 0; part < count; part++) {
      const value = bytes.subarray(part * kPartBytes, (part + 1) * kPartBytes);
      const name = part === 0 ? key : `${key}/${String(part).padStart(2, "0")}`;
      const cursor = this.#storage.sql.exec(
        "INSERT INTO doc (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        name,
        part === 0 ? joined([Uint8Array.of(count), value]) : value,
      );
      this.work.rowsWritten += cursor.rowsWritten ?? 0;
    }
  }
}

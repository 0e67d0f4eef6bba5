// The storage of a Durable Object, as far as the collector uses it, over the SQLite of Node.

import { DatabaseSync } from "node:sqlite";

export class FakeStorage {
  isFull = false; // then writing fails

  #database = new DatabaseSync(":memory:");

  sql = {
    exec: (sql, ...values) => {
      const isWrite = sql.startsWith("INSERT");
      if (isWrite && this.isFull) throw new Error("database or disk is full");
      const rows = this.#database.prepare(sql).all(...values);
      return { toArray: () => rows, rowsRead: rows.length, rowsWritten: isWrite ? 1 : 0 };
    },
  };

  transactionSync(job) {
    this.#database.exec("BEGIN");
    try {
      job();
      this.#database.exec("COMMIT");
    } catch (error) {
      this.#database.exec("ROLLBACK");
      throw error;
    }
  }
}

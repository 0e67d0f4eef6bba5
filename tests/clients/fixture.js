// One set of tests for every client, each against a recorder of its own.

import assert from "node:assert/strict";
import { after, before, describe } from "node:test";

import { clients, run, start, Surroundings } from "./clients.js";
import { startRecorder } from "./recorder.js";

// The clients run beside each other, because much of their time is waiting; the tests of one do not.
export function forEachClient(title, define) {
  describe(title, { concurrency: clients.length }, () => {
    for (const client of clients) {
      describe(client.name, { concurrency: 1 }, () => {
        const fixture = new Fixture(client);
        before(() => fixture.open());
        after(() => fixture.close());
        define(fixture);
      });
    }
  });
}

class Fixture {
  constructor(client) {
    this.client = client;
  }

  async open() {
    this.surroundings = new Surroundings(this.client);
    this.recorder = await startRecorder();
  }

  async close() {
    await this.recorder.close();
    this.surroundings.remove();
  }

  // Variables that are undefined are left out.
  env(more = {}) {
    const env = {
      ...this.surroundings.env(),
      HEARTBEAT_URL: this.recorder.url,
      HEARTBEAT_SERVICE: "web",
      HEARTBEAT_KEY: "the-key",
      HEARTBEAT_RETRY_DELAY: "0",
      ...more,
    };
    return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined));
  }

  // Resolves with { code, stdout, stderr }. Whatever happens, no temporary file stays.
  async run(args, { env, input } = {}) {
    const result = await run(this.client, args, { env: this.env(env), input });
    assert.deepEqual(this.surroundings.temporaryFiles(), []);
    return result;
  }

  start(args, { env, input } = {}) {
    return start(this.client, args, { env: this.env(env), input });
  }

  // What the recorder has got, as JSON.
  get sent() {
    return this.recorder.requests.map(({ text }) => JSON.parse(text));
  }
}

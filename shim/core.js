// The core as a WebAssembly instance.

import { configuration, inputOf, Reader, readOutcome, Writer } from "./frames.js";

export const kRoles = { kvOnly: 0, edge: 1, collector: 2 };

const imports = {
  env: { emscripten_notify_memory_growth() {} },
  wasi_snapshot_preview1: {
    proc_exit(code) {
      throw new Error(`the core exited with code ${code}`);
    },
  },
};

export class Core {
  #module;
  #configuration;
  #exports;
  #writer; // into the memory as it is
  #reader;

  // What the core answered to its configuration: faults, warnings, bodyLimit, timezone, identity.
  configured;

  // `files` are the configuration's texts by name.
  constructor(module, env, files) {
    const isText = ([, value]) => typeof value === "string";
    this.#module = module;
    this.#configuration = configuration(Object.fromEntries(Object.entries(env).filter(isText)), files);
    this.#start();
  }

  // The outcome of an event, as readOutcome gives it. Of `input`, {now, …}, `documents` are {key, state, bytes} with
  // bytes only when found, `rows` {key, bytes}, `ranges` {from, until}; `results` are of what was put, {key, error},
  // `answers` of what was sent, {status, retryAfter, error, bytes}.
  // Documents that are `given` are not the caller's any more.
  step(input, event) {
    return readOutcome(this.#call("step", inputOf(input, event)), input.given);
  }

  #start() {
    const { exports } = new WebAssembly.Instance(this.#module, imports);
    exports._initialize();
    this.#exports = exports;
    this.#writer = new Writer(exports.memory.buffer);
    this.#reader = new Reader(exports.memory.buffer);
    const bytes = this.#configuration;
    const answer = this.#call("configure", { size: bytes.length, write: (writer) => writer.rest(bytes) });
    this.configured = JSON.parse(answer.rest());
  }

  #call(name, { size, write }) {
    if (!this.#exports) this.#start();
    try {
      const { input, output, memory, [name]: run } = this.#exports;
      const at = input(size) >>> 0;
      if (memory.buffer !== this.#writer.buffer) this.#writer = new Writer(memory.buffer); // it has grown
      write(this.#writer.startAt(at));
      run();
      const table = output() >>> 0;
      if (memory.buffer !== this.#reader.buffer) this.#reader = new Reader(memory.buffer);
      return this.#reader.startAt(table);
    } catch (error) {
      this.#exports = undefined; // after a trap its memory is not to be trusted
      throw error;
    }
  }
}

// The core as a WebAssembly instance.

import { configuration, readOutcome, sizeOfInput, writeInput } from "./frames.js";

const decoder = new TextDecoder();
const nothing = new Uint8Array();

export const kRoles = { kvOnly: 0, edge: 1, collector: 2 };

// What a step is handed unless it is told otherwise.
const kInput = {
  utcOffset: 0,
  role: kRoles.kvOnly,
  refused: false,
  session: nothing,
  continuation: nothing,
  work: [0, 0, 0, 0], // requests, errors, rows written, rows read
  documents: [],
  ranges: [],
  rows: [],
  results: [],
  answers: [],
};

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
  step(input, event) {
    const whole = { ...kInput, ...input };
    const write = (buffer, at) => writeInput(buffer, at, whole, event);
    return readOutcome(this.#call("step", sizeOfInput(whole, event), write));
  }

  #start() {
    const { exports } = new WebAssembly.Instance(this.#module, imports);
    exports._initialize();
    this.#exports = exports;
    const bytes = this.#configuration;
    const part = this.#call("configure", bytes.length, (buffer, at) => new Uint8Array(buffer).set(bytes, at));
    this.configured = JSON.parse(decoder.decode(part(0)));
  }

  #call(name, size, write) {
    if (!this.#exports) this.#start();
    try {
      const at = this.#exports.input(size) >>> 0;
      write(this.#exports.memory.buffer, at); // which the call before may have replaced, to make room
      this.#exports[name]();
      return this.#parts();
    } catch (error) {
      this.#exports = undefined; // after a trap its memory is not to be trusted
      throw error;
    }
  }

  // A function that gives a copy of the answer's part of that number.
  #parts() {
    const address = this.#exports.output() >>> 0;
    const { buffer } = this.#exports.memory;
    const table = new DataView(buffer, address);
    return (i) => {
      const start = table.getUint32(4 + 8 * i, true);
      return new Uint8Array(buffer.slice(start, start + table.getUint32(8 + 8 * i, true)));
    };
  }
}

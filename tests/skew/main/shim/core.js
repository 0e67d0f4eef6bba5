// The core as a WebAssembly instance: frames in, frames out, as ARCHITECTURE.md has them.

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const bytesOf = (all) => all.map(({ bytes }) => bytes).filter(Boolean);

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

  // What the core answered to its configuration: faults, warnings, bodyLimit, headers.
  configured;

  // `files` are the configuration's texts by name.
  constructor(module, env, files) {
    const texts = Object.entries(files).map(([name, text]) => ({ name, bytes: encoder.encode(text) }));
    this.#module = module;
    this.#configuration = {
      header: {
        env: Object.fromEntries(Object.entries(env).filter(([, value]) => typeof value === "string")),
        files: texts.map(({ name, bytes }) => ({ name, length: bytes.length })),
      },
      parts: texts.map(({ bytes }) => bytes),
    };
    this.#start();
  }

  // `documents` are {key, state, bytes} with bytes only when found, `rows` {key, bytes}, `ranges` {from, until};
  // `results` are of what was put, {key, error}, `answers` of what was sent, {status, retryAfter, error, bytes}. The
  // parts of the answer are copies.
  step(header, body, { documents = [], ranges = [], rows = [], results = [], answers = [] } = {}) {
    const lengths = (all) => all.map(({ bytes, ...rest }) => ({ ...rest, length: bytes?.length }));
    const list = encoder.encode(rows.map(({ key, bytes }) => `${key} ${bytes.length}\n`).join(""));
    return this.#call("step", {
      header: {
        ...header,
        body: body.length,
        documents: lengths(documents),
        ranges,
        rows: list.length,
        results,
        answers: lengths(answers),
      },
      parts: [body, ...bytesOf(documents), list, ...bytesOf(rows), ...bytesOf(answers)],
    });
  }

  #start() {
    const { exports } = new WebAssembly.Instance(this.#module, imports);
    exports._initialize();
    this.#exports = exports;
    this.configured = this.#call("configure", this.#configuration).header;
  }

  #call(name, frame) {
    if (!this.#exports) this.#start();
    try {
      this.#write(frame);
      this.#exports[name]();
      return this.#read();
    } catch (error) {
      this.#exports = undefined; // after a trap its memory is not to be trusted
      throw error;
    }
  }

  // Views are made after each call that may grow the memory, because growing detaches them.
  #write({ header, parts }) {
    const json = encoder.encode(JSON.stringify(header));
    const size = [json, ...parts].reduce((sum, { length }) => sum + length, 4);
    let at = this.#exports.input(size) >>> 0;
    const { buffer } = this.#exports.memory;
    new DataView(buffer).setUint32(at, json.length, true);
    at += 4;
    for (const part of [json, ...parts]) {
      new Uint8Array(buffer, at).set(part);
      at += part.length;
    }
  }

  #read() {
    const address = this.#exports.output() >>> 0;
    const { buffer } = this.#exports.memory;
    const view = new DataView(buffer, address);
    const parts = Array.from({ length: view.getUint32(0, true) }, (_, i) => {
      const start = view.getUint32(4 + 8 * i, true);
      return new Uint8Array(buffer.slice(start, start + view.getUint32(8 + 8 * i, true)));
    });
    return { header: JSON.parse(decoder.decode(parts[0])), parts };
  }
}

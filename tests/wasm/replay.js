// Makes the calls that native tests have on record (tests/recorded.hpp) of the core as WebAssembly, and compares what
// it answers, byte for byte.

const kNames = ["configure", "step"];

const imports = {
  env: { emscripten_notify_memory_growth() {} },
  wasi_snapshot_preview1: {
    proc_exit(code) {
      throw new Error(`the core exited with code ${code}`);
    },
  },
};

// {calls, instances, differences: [sentence]}. A difference ends it.
export function replay(module, record) {
  const instances = new Map();
  let calls = 0;
  for (const { number, name, input, parts } of callsIn(record)) {
    calls++;
    if (!instances.has(number)) instances.set(number, started(module));
    const fault = faultOf(instances.get(number), name, input, parts);
    if (fault) {
      const sentence = `call ${calls}, ${name} of instance ${number}: ${fault}`;
      return { calls, instances: instances.size, differences: [sentence] };
    }
  }
  return { calls, instances: instances.size, differences: [] };
}

function started(module) {
  const { exports } = new WebAssembly.Instance(module, imports);
  exports._initialize();
  return exports;
}

function* callsIn(record) {
  let at = 0;
  const u32 = () => record.readUInt32LE((at += 4) - 4);
  const text = () => {
    const length = u32();
    return record.subarray(at, (at += length));
  };
  while (at < record.length) {
    const number = u32();
    const name = kNames[record[at++]];
    const input = text();
    yield { number, name, input, parts: Array.from({ length: u32() }, text) };
  }
}

// What is wrong with the answer to a call, if anything.
function faultOf(exports, name, input, parts) {
  const at = exports.input(input.length) >>> 0;
  new Uint8Array(exports.memory.buffer).set(input, at);
  exports[name]();
  const answered = partsOf(exports);
  if (answered.length !== parts.length) return `${answered.length} parts instead of ${parts.length}`;
  const other = parts.findIndex((part, i) => !part.equals(answered[i]));
  return other < 0 ? undefined : `part ${other} is\n${answered[other]}\ninstead of\n${parts[other]}`;
}

function partsOf(exports) {
  const address = exports.output() >>> 0;
  const { buffer } = exports.memory;
  const table = new DataView(buffer, address);
  return Array.from({ length: table.getUint32(0, true) }, (_, i) =>
    Buffer.from(buffer, table.getUint32(4 + 8 * i, true), table.getUint32(8 + 8 * i, true)),
  );
}

// Events and outcomes as bytes, as docs/boundary.md has them.

const kProtocol = 2;
export const kKinds = ["request", "cron", "tell", "publish", "append", "mergeCopies", "takeBacklog"]; // of events
const kKeys = ["monitor:latest", "monitor:data", "recent:alerts"];
const kStates = ["unread", "absent", "found", "failed", "head"];
const kLevels = ["info", "warn", "error"];
const kPartsOfPut = 3;
const kVias = ["request", "email"];

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

const sizeOfText = (text) => 4 + 3 * text.length; // at most
function sum(all, sizeOf) {
  let size = 0;
  for (const one of all) size += sizeOf(one);
  return size;
}

// Writes into a buffer, front to back.
export class Writer {
  #bytes;
  #view;
  #at = 0;

  constructor(buffer) {
    this.#bytes = new Uint8Array(buffer);
    this.#view = new DataView(buffer);
  }

  get buffer() {
    return this.#bytes.buffer;
  }

  startAt(at) {
    this.#at = at;
    return this;
  }

  u8(value) {
    this.#bytes[this.#at++] = value;
  }
  u32(value) {
    this.#view.setUint32(this.#at, value, true);
    this.#at += 4;
  }
  number(value) {
    this.#view.setFloat64(this.#at, value, true);
    this.#at += 8;
  }
  text(text) {
    const { written } = encoder.encodeInto(text, this.#bytes.subarray(this.#at + 4));
    this.u32(written);
    this.#at += written;
  }
  rest(bytes) {
    this.#bytes.set(bytes, this.#at);
    this.#at += bytes.length;
  }
  bytes(bytes) {
    this.u32(bytes.length);
    this.rest(bytes);
  }
  list(all, write) {
    this.u32(all.length);
    for (const one of all) write(one);
  }
}

// An event of at most `size` bytes behind its protocol and kind.
function eventOf(kind, size, write) {
  const event = new Uint8Array(2 + size);
  const writer = new Writer(event.buffer);
  writer.u8(kProtocol);
  writer.u8(kKinds.indexOf(kind));
  write(writer);
  return event;
}

// The event of a request: `head` has method, path, query, base URL, authorization, origin, colo and country, none of
// which can have a line break in it.
const kBodyUnread = 16;

// Without a body it is one that was not read yet.
export function requestEvent(head, body) {
  const lines = encoder.encode(head.join("\n"));
  return eventOf("request", 5 + lines.length + (body?.length ?? 0), (writer) => {
    writer.u8(body ? 0 : kBodyUnread); // nothing was decided yet
    writer.bytes(lines);
    if (body) writer.rest(body);
  });
}

export function cronEvent(scheduled) {
  return eventOf("cron", 8, (writer) => writer.number(scheduled));
}

// `copies` of the document `key`, the stored one first.
export function mergeEvent(key, copies) {
  const size = 4 + sizeOfText(key) + sum(copies, ({ length }) => 4 + length);
  return eventOf("mergeCopies", size, (writer) => {
    writer.text(key);
    writer.list(copies, (copy) => writer.bytes(copy));
  });
}

// The changes of clocks of several zones, a list of {from, minutes} each, as an input takes them.
export function zoneTables(zones) {
  const bytes = new Uint8Array(4 + sum(zones, ({ length }) => 4 + 16 * length));
  const writer = new Writer(bytes.buffer);
  writer.list(zones, (changes) =>
    writer.list(changes, ({ from, minutes }) => (writer.number(from), writer.number(minutes))),
  );
  return bytes;
}

const nothing = new Uint8Array();
const none = [];

// What a step is handed: {now, …}, as docs/boundary.md has it. What is left out is empty.
const kInput = {
  utcOffsets: none, // {from, minutes}, in the order of time
  zones: nothing, // as zoneTables makes them, once they were asked for
  role: 0,
  refused: false,
  readerRate: 0, // of the client: 0 not asked for, 1 within its limit, 2 beyond
  session: nothing,
  continuation: nothing,
  work: [0, 0, 0, 0], // requests, errors, rows written, rows read
  documents: none,
  ranges: none,
  rows: none,
  results: none,
  answers: none,
};

// An input and its event, to be written: how many bytes that takes at most, and the writing.
export function inputOf(input, event) {
  const all = { ...kInput, ...input };
  return { size: sizeOfInput(all, event), write: (writer) => writeInput(writer, all, event) };
}

function sizeOfInput(
  { utcOffsets, zones, session, continuation, documents, ranges, rows, results, answers },
  event,
) {
  return (
    100 +
    event.length +
    16 * utcOffsets.length +
    zones.length +
    session.length +
    continuation.length +
    sum(documents, ({ bytes }) => bytes?.length ?? 0) +
    sum(ranges, ({ from, until }) => sizeOfText(from) + sizeOfText(until)) +
    sum(rows, ({ key, bytes }) => sizeOfText(key) + 4 + bytes.length) +
    sum(results, ({ key }) => sizeOfText(key) + 1) +
    sum(answers, ({ error = "", retryAfter = "", bytes }) => {
      return 8 + sizeOfText(error) + sizeOfText(retryAfter) + bytes.length;
    })
  );
}

function writeInput(writer, input, event) {
  writer.number(input.now);
  writer.list(input.utcOffsets, ({ from, minutes }) => (writer.number(from), writer.number(minutes)));
  writer.bytes(input.zones);
  writer.u8(input.role);
  writer.u8(input.refused ? 1 : 0);
  writer.u8(input.readerRate);
  writer.bytes(input.session);
  writer.bytes(input.continuation);
  for (const count of input.work) writer.number(count);
  writeDocuments(writer, input.documents);
  writer.list(input.ranges, ({ from, until }) => (writer.text(from), writer.text(until)));
  writer.list(input.rows, ({ key, bytes }) => (writer.text(key), writer.bytes(bytes)));
  writer.list(input.results, ({ key, error }) => (writer.text(key), writer.u8(error ? 0 : 1)));
  writer.list(input.answers, ({ status = 0, error = "", retryAfter = "", bytes }) => {
    writer.u32(status);
    writer.text(error);
    writer.text(retryAfter);
    writer.bytes(bytes);
  });
  writer.bytes(event);
}

function writeDocuments(writer, documents) {
  for (const name of kKeys) {
    const document = documents.length ? documents.find(({ key }) => key === name) : undefined;
    writer.u8(kStates.indexOf(document?.state ?? "unread"));
    if (document?.bytes) writer.bytes(document.bytes);
  }
}

// `env` and `files` are texts by name.
export function configuration(env, files) {
  const texts = [env, files].map(Object.entries);
  const size = sum(texts.flat(), ([name, text]) => sizeOfText(name) + sizeOfText(text));
  const bytes = new Uint8Array(8 + size);
  const writer = new Writer(bytes.buffer);
  for (const all of texts) writer.list(all, ([name, text]) => (writer.text(name), writer.text(text)));
  return bytes;
}

// An answer in the memory of the core: its header front to back, and its parts one after another, as copies.
export class Reader {
  #bytes;
  #view;
  #at;
  #table;

  constructor(buffer) {
    this.#bytes = new Uint8Array(buffer);
    this.#view = new DataView(buffer);
  }

  get buffer() {
    return this.#bytes.buffer;
  }

  // `table` is where the addresses and lengths of the parts stand, behind their number.
  startAt(table) {
    this.#at = this.#view.getUint32(table + 4, true);
    this.#table = table + 4;
    return this;
  }

  u8() {
    return this.#bytes[this.#at++];
  }
  u32() {
    this.#at += 4;
    return this.#view.getUint32(this.#at - 4, true);
  }
  bytes() {
    const length = this.u32();
    this.#at += length;
    return this.#bytes.slice(this.#at - length, this.#at);
  }
  text() {
    const length = this.u32();
    this.#at += length;
    return length === 0 ? "" : decoder.decode(this.#bytes.subarray(this.#at - length, this.#at));
  }
  part() {
    return this.#next().slice();
  }
  // Where it stands in the memory of the core.
  #next() {
    this.#table += 8;
    const start = this.#view.getUint32(this.#table, true);
    return this.#bytes.subarray(start, start + this.#view.getUint32(this.#table + 4, true));
  }
  // So many parts, one after another, in `room` where it has enough of it.
  parts(count, room) {
    const ends = this.#table + 8 * count;
    let size = 0;
    for (let at = this.#table + 8; at <= ends; at += 8) size += this.#view.getUint32(at + 4, true);
    const bytes = size <= room.length ? room.subarray(0, size) : new Uint8Array(size);
    for (let at = 0; this.#table < ends;) {
      const part = this.#next();
      bytes.set(part, at);
      at += part.length;
    }
    return bytes;
  }
  // All of the header, as text.
  rest() {
    return decoder.decode(
      this.#bytes.subarray(this.#at, this.#at + this.#view.getUint32(this.#table + 4, true)),
    );
  }
  optionalPart() {
    return this.u8() ? this.part() : undefined;
  }
  list(read) {
    const all = [];
    for (let count = this.u32(); count > 0; count--) all.push(read(this));
    return all;
  }
}

// {kind: "ask", session, rows, documents, ranges}, {kind: "forward", session, event}, or {kind: "done", …}; rows are to be
// written at once. `session` is only there when it has changed. What is put takes the place of those documents that are
// `given`: memory that is new costs more than what is done to most of its bytes.
export function readOutcome(reader, given = none) {
  return kReaders[reader.u8()](reader, given);
}

const named = (reader) => ({ key: reader.text(), bytes: reader.part() });

function readPut(reader, given) {
  const key = reader.text();
  const room = given.find((document) => document.key === key)?.bytes ?? nothing;
  return { key, bytes: reader.parts(kPartsOfPut, room) };
}

const readWanted = (reader) => ({ key: reader.text(), head: reader.u32() });
const readPart = (reader) => reader.part();
const readRange = (reader) => ({ from: reader.text(), until: reader.text() });
const readLog = (reader) => ({
  level: kLevels[reader.u8()],
  event: reader.text() || undefined,
  message: reader.text(),
});

function readAsk(reader) {
  return {
    kind: "ask",
    session: reader.optionalPart(),
    rows: reader.list(named),
    documents: reader.list(readWanted),
    ranges: reader.list(readRange),
    readerRate: reader.u8() === 1,
    zones: reader.u8() === 1,
    logs: none,
  };
}

function readForward(reader) {
  return { kind: "forward", session: reader.optionalPart(), rows: none, event: reader.part(), logs: none };
}

function readDone(reader, given) {
  return {
    kind: "done",
    session: reader.optionalPart(),
    rows: reader.list(named),
    append: reader.optionalPart(),
    merges: reader.list(named),
    puts: reader.list(() => readPut(reader, given)),
    sends: reader.list(readSend),
    continuation: reader.bytes(),
    followUps: reader.list(readPart),
    reply: readReply(reader),
    limited: reader.u8() ? readReply(reader) : undefined,
    logs: reader.list(readLog),
  };
}

const kReaders = [readAsk, readForward, readDone];

// Lines of a name and its value. Most answers that have any have the same ones.
const kNoHeaders = {};
const read = { lines: "", headers: kNoHeaders };
function readHeaders(reader) {
  const lines = reader.text();
  if (lines === "") return kNoHeaders;
  if (lines !== read.lines) Object.assign(read, { lines, headers: headersOf(lines.split("\n")) });
  return read.headers;
}

function headersOf(lines) {
  const headers = {};
  for (let i = 0; i + 1 < lines.length; i += 2) headers[lines[i]] = lines[i + 1];
  return headers;
}

function readSend(reader) {
  return {
    via: kVias[reader.u8()],
    url: reader.text(),
    method: reader.text(),
    headers: readHeaders(reader),
    body: readBody(reader),
  };
}

function readReply(reader) {
  return { status: reader.u32(), headers: readHeaders(reader), body: readBody(reader) };
}

// Null where there is none, as requests and answers want it.
function readBody(reader) {
  const bytes = reader.part();
  return bytes.length ? bytes : null;
}

// Events and outcomes as bytes, as docs/boundary.md has them.

const kProtocol = 2;
const kKinds = { request: 0, cron: 1, mergeCopies: 5 };
const kKeys = ["monitor:latest", "monitor:data", "recent:alerts"];
const kStates = ["unread", "absent", "found", "failed"];
const kLevels = ["info", "warn", "error"];
const kVias = ["request", "email"];

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

const sizeOfText = (text) => 4 + 3 * text.length; // at most
const sum = (all, sizeOf) => all.reduce((size, one) => size + sizeOf(one), 0);

class Writer {
  #bytes;
  #view;
  #at;

  constructor(buffer, at = 0) {
    this.#bytes = new Uint8Array(buffer);
    this.#view = new DataView(buffer);
    this.#at = at;
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

// The event of a request: `head` has method, path, query, base URL, authorization, origin, colo and country, none of
// which can have a line break in it.
export function requestEvent(head, body) {
  const lines = encoder.encode(head.join("\n"));
  const event = new Uint8Array(7 + lines.length + body.length);
  const writer = new Writer(event.buffer);
  writer.u8(kProtocol);
  writer.u8(kKinds.request);
  writer.u8(0); // nothing was decided yet
  writer.bytes(lines);
  writer.rest(body);
  return event;
}

export function cronEvent(scheduled) {
  const event = new Uint8Array(10);
  const writer = new Writer(event.buffer);
  writer.u8(kProtocol);
  writer.u8(kKinds.cron);
  writer.number(scheduled);
  return event;
}

// `copies` of the document `key`, the stored one first.
export function mergeEvent(key, copies) {
  const event = new Uint8Array(6 + sizeOfText(key) + sum(copies, ({ length }) => 4 + length));
  const writer = new Writer(event.buffer);
  writer.u8(kProtocol);
  writer.u8(kKinds.mergeCopies);
  writer.text(key);
  writer.list(copies, (copy) => writer.bytes(copy));
  return event;
}

// How many bytes an input takes at most.
export function sizeOfInput(input, event) {
  const { session, continuation, documents, ranges, rows, results, answers } = input;
  return (
    100 +
    event.length +
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

export function writeInput(buffer, at, input, event) {
  const writer = new Writer(buffer, at);
  writer.number(input.now);
  writer.number(input.utcOffset);
  writer.u8(input.role);
  writer.u8(input.refused ? 1 : 0);
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
    const document = documents.find(({ key }) => key === name);
    writer.u8(kStates.indexOf(document?.state ?? "unread"));
    if (document?.state === "found") writer.bytes(document.bytes);
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

// Of an answer: its header front to back, and its parts one after another. `part(i)` gives a copy.
class Reader {
  #header;
  #view;
  #part;
  #at = 0;
  #parts = 0;

  constructor(part) {
    this.#part = part;
    this.#header = part(0);
    this.#view = new DataView(this.#header.buffer);
  }

  u8() {
    return this.#header[this.#at++];
  }
  u32() {
    this.#at += 4;
    return this.#view.getUint32(this.#at - 4, true);
  }
  bytes() {
    const length = this.u32();
    this.#at += length;
    return this.#header.subarray(this.#at - length, this.#at);
  }
  text() {
    return decoder.decode(this.bytes());
  }
  part() {
    return this.#part(++this.#parts);
  }
  optional(read) {
    return this.u8() ? read() : undefined;
  }
  list(read) {
    return Array.from({ length: this.u32() }, read);
  }
}

// {kind: "ask", session, rows, documents, ranges}, {kind: "forward", event}, or {kind: "done", …}; rows are to be
// written at once. `session` is only there when it has changed.
export function readOutcome(part) {
  const reader = new Reader(part);
  return [readAsk, readForward, readDone][reader.u8()](reader);
}

const named = (reader) => ({ key: reader.text(), bytes: reader.part() });

function readAsk(reader) {
  return {
    kind: "ask",
    session: reader.optional(() => reader.part()),
    rows: reader.list(() => named(reader)),
    documents: reader.list(() => reader.text()),
    ranges: reader.list(() => ({ from: reader.text(), until: reader.text() })),
    logs: [],
  };
}

function readForward(reader) {
  return { kind: "forward", rows: [], event: reader.part(), logs: [] };
}

function readDone(reader) {
  return {
    kind: "done",
    session: reader.optional(() => reader.part()),
    rows: reader.list(() => named(reader)),
    append: reader.optional(() => reader.part()),
    merges: reader.list(() => named(reader)),
    puts: reader.list(() => named(reader)),
    sends: reader.list(() => readSend(reader)),
    continuation: reader.bytes(),
    followUps: reader.list(() => reader.part()),
    reply: readReply(reader),
    limited: reader.optional(() => readReply(reader)),
    logs: reader.list(() => ({
      level: kLevels[reader.u8()],
      event: reader.text() || undefined,
      message: reader.text(),
    })),
  };
}

function readHeaders(reader) {
  return Object.fromEntries(reader.list(() => [reader.text(), reader.text()]));
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

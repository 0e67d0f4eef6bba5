// Bodies of requests and answers as bytes.

const nothing = new Uint8Array();

// The first `limit` bytes of the body of a request. Reading a stream piece by piece costs more than all else that is
// done for a small request; a body that says how long it is comes at once.
export async function bodyUpTo(limit, request, dropped) {
  const length = request.headers.get("content-length");
  if (length === null || !(Number(length) <= limit)) return readUpTo(limit, request.body, dropped);
  return new Uint8Array(await request.arrayBuffer()).subarray(0, limit);
}

// The first `limit` bytes. A client that is still sending would find the connection broken instead of an answer: of
// its body up to `dropped` more bytes are read, and dropped.
export async function readUpTo(limit, stream, dropped = 0) {
  if (!stream) return nothing;
  const bytes = [];
  let size = 0;
  for await (const chunk of stream) {
    if (size < limit) bytes.push(chunk);
    size += chunk.length;
    if (size >= limit + dropped) break;
  }
  return joined(bytes).subarray(0, limit);
}

// The parts one after another.
export function joined(parts) {
  if (parts.length === 1) return parts[0];
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

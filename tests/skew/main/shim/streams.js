// The first `limit` bytes. A client that is still sending would find the connection broken instead of an answer: of
// its body up to `dropped` more bytes are read, and dropped.
export async function readUpTo(limit, stream, dropped = 0) {
  const bytes = [];
  let size = 0;
  for await (const chunk of stream ?? []) {
    if (size < limit) bytes.push(chunk);
    size += chunk.length;
    if (size >= limit + dropped) break;
  }
  return new Uint8Array(await new Blob(bytes).slice(0, limit).arrayBuffer());
}

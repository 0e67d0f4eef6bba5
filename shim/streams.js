const kDroppedBytes = 16 * 1024 * 1024; // of a body that is too large

// The first `limit` bytes. A client that is still sending would find the connection broken instead of an answer,
// so some more is read, and dropped.
export async function readUpTo(limit, stream) {
  const bytes = [];
  let size = 0;
  for await (const chunk of stream ?? []) {
    if (size < limit) bytes.push(chunk);
    size += chunk.length;
    if (size >= limit + kDroppedBytes) break;
  }
  return new Uint8Array(await new Blob(bytes).slice(0, limit).arrayBuffer());
}

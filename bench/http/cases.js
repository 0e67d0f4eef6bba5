// The requests that are measured. `socket` names the Worker, as runtime.js has them; `beside` the bare one that makes
// the same calls of storage.

export const kServices = 100;

const post = (path, body) => () => ({ method: "POST", path, body });
const get = (path) => () => ({ path });

// `sizes` has those of the answers that are compared.
export function cases(ids, sizes) {
  const beatOf = (i) => ({
    method: "POST",
    path: "/api/heartbeat",
    body: JSON.stringify({
      serviceId: ids[i % ids.length],
      message: "Heartbeat from server-1",
      metadata: { hostname: "server-1" },
    }),
  });
  const { body } = beatOf(7);
  const batch = JSON.stringify({ services: ids });
  const two = "key=monitor:latest&key=monitor:data";
  return [
    { name: "bare: constant", socket: "bare", requestOf: get("/constant") },
    { name: "bare: body", socket: "bare", requestOf: post("/body", body) },
    { name: "bare: body, KV put", socket: "bare", requestOf: post("/put", body) },
    { name: "bare: body, KV get, put", socket: "bare", requestOf: post("/get-put", body) },
    { name: "bare: body, RPC", socket: "bare", requestOf: post("/rpc", body) },
    { name: "bare: body, RPC, insert", socket: "bare", requestOf: post("/rpc-insert", body) },
    { name: "bare: batch, RPC, insert", socket: "bare", requestOf: post("/rpc-insert", batch) },
    { name: "bare: two gets, as much", socket: "bare", requestOf: get(`/get?${two}&size=${sizes.status}`) },
    {
      name: "bare: three gets, as much",
      socket: "bare",
      requestOf: get(`/get?${two}&key=recent:alerts&size=${sizes.page}`),
    },
    {
      name: "not found",
      socket: "monitor",
      beside: "bare: constant",
      status: 404,
      requestOf: get("/nothing"),
    },
    { name: "heartbeat", socket: "monitor", beside: "bare: body, RPC, insert", requestOf: beatOf },
    {
      name: "batch of 100",
      socket: "monitor",
      beside: "bare: batch, RPC, insert",
      requestOf: post("/api/heartbeat", batch),
    },
    { name: "status", socket: "monitor", beside: "bare: two gets, as much", requestOf: get("/api/status") },
    { name: "page", socket: "monitor", beside: "bare: three gets, as much", requestOf: get("/") },
  ];
}

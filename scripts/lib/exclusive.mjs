// One process at a time. Whoever listens at the repository's address has the turn, and the system takes an address back
// from a process that ends, however it ends.
import { createHash } from "node:crypto";
import net from "node:net";
import { setTimeout } from "node:timers/promises";
import { root } from "./paths.mjs";
import { say } from "./say.mjs";

const kPauseMs = 100;
const kPatienceMs = 2_000; // after which the wait is explained

const hash = createHash("sha256").update(root).digest();

// Linux has addresses that are neither files nor ports. Elsewhere it is a port below those that systems hand out.
const address =
  process.platform === "linux"
    ? { path: `\0heartbeat-monitor-${hash.toString("hex")}` }
    : { host: "127.0.0.1", port: 20_000 + (hash.readUInt32BE() % 10_000) };

// What `job` resolves to. It waits until nobody else is at a job in this repository.
export async function exclusively(job) {
  const turn = await takeTurn();
  try {
    return await job();
  } finally {
    await new Promise((resolve) => turn.close(resolve));
  }
}

async function takeTurn() {
  for (let waited = 0; ; waited += kPauseMs) {
    const turn = await listen();
    if (turn) return turn;
    if (waited === kPatienceMs) say("Waiting for another command …");
    await setTimeout(kPauseMs);
  }
}

// The server, or undefined when the address is taken.
function listen() {
  return new Promise((resolve, reject) => {
    const server = net.createServer((socket) => socket.destroy());
    server.once("error", (error) => (error.code === "EADDRINUSE" ? resolve() : reject(error)));
    server.listen(address, () => resolve(server));
  });
}

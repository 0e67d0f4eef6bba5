// Whether the Worker can be served on a port of this machine.
import net from "node:net";
import { Failure } from "./say.mjs";

export const host = "127.0.0.1";

const kTries = 20; // ports beside one that is in use

// Fails with a sentence when it cannot.
export async function checkPort(port) {
  const error = await errorOf(port);
  if (error) throw new Failure(await sentence(error, port));
}

async function sentence({ code, message }, port) {
  if (code === "EACCES") return `Port ${port} needs more rights than you have. Choose one above 1023.`;
  if (code !== "EADDRINUSE") return `Port ${port} cannot be used: ${message}`;
  const free = await freeBeside(port);
  const advice = free ? `This one is free: npm start -- --port ${free}` : "Choose another one with --port.";
  return `Port ${port} is in use by another program. ${advice}`;
}

async function freeBeside(port) {
  for (let i = 1; i <= kTries; ++i) {
    const other = port + i <= 65535 ? port + i : port - i;
    if (!(await errorOf(other))) return other;
  }
  return undefined;
}

function errorOf(port) {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once("error", resolve);
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
}

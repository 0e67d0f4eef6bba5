// Whether the Worker can be served on a port of this machine.
import net from "node:net";
import { Failure } from "./say.mjs";

export const host = "127.0.0.1";

const sentences = {
  EADDRINUSE: (port) => `Port ${port} is in use. Choose another one: npm start -- --port ${port + 1}`,
  EACCES: (port) => `Port ${port} needs more rights than you have. Choose one above 1023.`,
};

// Fails with a sentence when it cannot.
export function checkPort(port) {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once("error", (error) => {
      reject(new Failure(sentences[error.code]?.(port) ?? `Port ${port} cannot be used: ${error.message}`));
    });
    server.listen(port, host, () => server.close(resolve));
  });
}

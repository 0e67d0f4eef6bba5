// A proxy that connects, and writes down whom to.

import http from "node:http";
import net from "node:net";

export async function startProxy() {
  const proxy = new Proxy();
  await proxy.listen();
  return proxy;
}

class Proxy {
  targets = [];
  headers = [];
  #refusal;
  #server = http.createServer((request, response) => {
    this.targets.push(request.url);
    response.writeHead(502).end();
  });
  #sockets = new Set();

  listen() {
    this.#server.on("connect", (request, socket) => this.#connect(request, socket));
    return new Promise((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
  }

  get url() {
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  // From now on: connects, or refuses with a status.
  play(refusal) {
    this.#refusal = refusal;
    this.targets = [];
    this.headers = [];
  }

  #connect(request, socket) {
    this.targets.push(request.url);
    this.headers.push(request.headers);
    if (this.#refusal) return socket.end(`HTTP/1.1 ${this.#refusal} Refused\r\nContent-Length: 0\r\n\r\n`);
    const target = net.connect(Number(request.url.split(":")[1]), "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      socket.pipe(target).pipe(socket);
    });
    for (const end of [socket, target]) {
      this.#sockets.add(end);
      end.on("error", () => {}).on("close", () => [socket, target].map((other) => other.destroy()));
    }
  }

  close() {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(resolve));
  }
}

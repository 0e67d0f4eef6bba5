// Requests over connections that stay open.

import http from "node:http";

const kAtOnce = 8;
const kPatienceMs = 30_000; // for an answer

export class Client {
  #agent = new http.Agent({ keepAlive: true, maxSockets: kAtOnce });

  // {status, bytes}.
  request(port, { method = "GET", path, body = "" }) {
    const headers = { Authorization: "Bearer key" };
    if (body)
      Object.assign(headers, {
        "Content-Type": "application/json",
        "Content-Length": Buffer.byteLength(body),
      });
    return new Promise((resolve, reject) => {
      const timeout = kPatienceMs;
      const options = { agent: this.#agent, host: "127.0.0.1", port, method, path, headers, timeout };
      const request = http.request(options, (response) => {
        const chunks = [];
        response.on("data", (chunk) => chunks.push(chunk));
        response.on("end", () => resolve({ status: response.statusCode, bytes: Buffer.concat(chunks) }));
        response.on("error", reject);
      });
      request.on("error", reject);
      request.on("timeout", () => request.destroy(new Error("no answer")));
      request.end(body);
    });
  }

  // So many of the same, a few at once.
  async repeat(port, count, requestOf, status) {
    let next = 0;
    const one = async () => {
      while (next < count) {
        const answer = await this.request(port, requestOf(next++));
        if (answer.status !== status) throw new Error(`answered ${answer.status}: ${answer.bytes}`);
      }
    };
    await Promise.all(Array.from({ length: kAtOnce }, one));
  }

  close() {
    this.#agent.destroy();
  }
}

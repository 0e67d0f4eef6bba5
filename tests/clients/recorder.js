// A server that writes down what it is asked, and answers as a test wants it to.

import http from "node:http";
import https from "node:https";

export const accepted = { status: 200, body: { success: true, message: "Heartbeat received" } };
export const refused = (status, error) => ({ status, body: { error } });
export const page = (status, headers = {}) => ({
  status,
  headers: { "Content-Type": "text/html", ...headers },
  body: '<!doctype html><title>Welcome</title><p>Accept our terms. {"success":true}',
});

// Answers that are none.
export const reset = (response) => response.socket.resetAndDestroy();
export const hang = () => {};
export const garbage = (response) => response.socket.end("SSH-2.0-OpenSSH_9.2\r\n");
export const cutOff = (response) => {
  response.writeHead(200, { "Content-Type": "application/json", "Content-Length": 1000 });
  response.write(JSON.stringify(accepted.body), () => response.socket.destroy());
};
export const dripping = (response) => {
  response.writeHead(200, { "Content-Type": "application/json" });
  const timer = setInterval(() => response.write(" "), 100);
  response.on("close", () => clearInterval(timer));
};

// As fast as it is read, until nobody reads.
export const endless = (response) => {
  const much = Buffer.alloc(65_536, "x");
  const write = () => {
    while (!response.destroyed && response.write(much));
  };
  response.writeHead(200, { "Content-Type": "application/json" });
  response.on("drain", write);
  write();
};

export async function startRecorder(tls) {
  const recorder = new Recorder(tls);
  await recorder.listen();
  return recorder;
}

class Recorder {
  requests = [];
  #answers = [];
  #waiting = [];
  #server;
  #scheme;

  constructor(tls) {
    const onRequest = (request, response) => this.#take(request, response);
    this.#server = tls ? https.createServer(tls, onRequest) : http.createServer(onRequest);
    this.#server.on("tlsClientError", () => {});
    this.#scheme = tls ? "https" : "http";
  }

  listen() {
    return new Promise((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
  }

  get port() {
    return this.#server.address().port;
  }

  get url() {
    return `${this.#scheme}://127.0.0.1:${this.port}`;
  }

  // From now on: these answers one after another, then `accepted`.
  play(...answers) {
    this.#answers = answers;
    this.requests = [];
  }

  // Resolves when there have been so many requests.
  heard(count) {
    return new Promise((resolve) => {
      this.#waiting.push(() => this.requests.length >= count && resolve());
      this.#waiting.at(-1)();
    });
  }

  async #take(request, response) {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method, url, headers } = request;
    const text = Buffer.concat(chunks).toString();
    this.requests.push({ method, path: url, headers, text, time: performance.now() });
    this.#reply(response, this.#answers.shift() ?? accepted);
    for (const look of this.#waiting) look();
  }

  #reply(response, answer) {
    if (typeof answer === "function") return answer(response);
    const { status, headers = { "Content-Type": "application/json" }, body = "" } = answer;
    response.writeHead(status, headers);
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  }

  close() {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(resolve));
  }
}

// Certificates are always checked, and proxies of the environment are used for https.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { forEachClient } from "./fixture.js";
import { startProxy } from "./proxy.js";
import { startRecorder } from "./recorder.js";

const folder = mkdtempSync(join(tmpdir(), "certificates-"));
after(() => rmSync(folder, { recursive: true }));

// A certificate that signs itself, for one name.
function certificate(name, altName) {
  const [key, cert] = [join(folder, `${name}.key`), join(folder, `${name}.pem`)];
  const subject = ["-subj", `/CN=${name}`, "-addext", `subjectAltName=${altName}`];
  const form = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"];
  execFileSync("openssl", ["req", ...form, ...subject, "-keyout", key, "-out", cert], { stdio: "ignore" });
  return { path: cert, key: readFileSync(key), cert: readFileSync(cert) };
}

const ours = certificate("localhost", "DNS:localhost,IP:127.0.0.1");
const others = certificate("monitor.example", "DNS:monitor.example");
const unproxied = { http_proxy: undefined, all_proxy: undefined };

forEachClient("https", (fixture) => {
  let secure, strange, proxy;
  before(async () => {
    [secure, strange, proxy] = await Promise.all([startRecorder(ours), startRecorder(others), startProxy()]);
  });
  after(() => Promise.all([secure.close(), strange.close(), proxy.close()]));

  const send = (server, { ca, env } = {}) => {
    server.play();
    const args = ["--retries=0", ...(ca ? ["--ca-file", ca.path] : [])];
    const url = `https://localhost:${server.port}/base`;
    return fixture.run(args, { env: { ...unproxied, HEARTBEAT_URL: url, ...env } });
  };

  test("a certificate that is trusted is accepted", async () => {
    const { code, stderr } = await send(secure, { ca: ours });
    assert.equal(code, 0, stderr);
    assert.equal(secure.requests[0].path, "/base/api/heartbeat");
    assert.equal(secure.requests[0].headers.authorization, "Bearer the-key");
  });

  test("the file of certificates may come from the environment", async () => {
    const { code, stderr } = await send(secure, { env: { HEARTBEAT_CA_FILE: ours.path } });
    assert.equal(code, 0, stderr);
  });

  test("a certificate that nobody trusts is not, whatever else says so", async () => {
    const env = { NODE_TLS_REJECT_UNAUTHORIZED: "0", PYTHONHTTPSVERIFY: "0" };
    for (const ca of [undefined, others]) {
      const { code, stderr } = await send(secure, { ca, env });
      assert.equal(code, 3);
      assert.match(stderr, /heartbeat: not reached after 1 attempt: .*certificate.*\n$/is);
      assert.equal(secure.requests.length, 0);
    }
  });

  test("a certificate for another name is not accepted", async () => {
    const { code, stderr } = await send(strange, { ca: others });
    assert.equal(code, 3);
    assert.match(stderr, /not reached after 1 attempt: .*\n$/s);
    assert.equal(strange.requests.length, 0);
  });

  for (const variable of ["https_proxy", "HTTPS_PROXY", "all_proxy"]) {
    test(`the proxy of ${variable} is used`, async () => {
      proxy.play();
      const { code, stderr } = await send(secure, { ca: ours, env: { [variable]: proxy.url } });
      assert.equal(code, 0, stderr);
      assert.deepEqual(proxy.targets, [`localhost:${secure.port}`]);
      assert.equal(secure.requests.length, 1);
    });
  }

  test("a proxy sees neither key nor heartbeat, and a login of its own", async () => {
    proxy.play();
    const env = { https_proxy: proxy.url.replace("//", "//user:pass%20word@") };
    const { code, stderr } = await send(secure, { ca: ours, env });
    assert.equal(code, 0, stderr);
    const login = Buffer.from("user:pass word").toString("base64");
    assert.equal(proxy.headers[0]["proxy-authorization"], `Basic ${login}`);
    assert.equal(proxy.headers[0].authorization, undefined);
  });

  test("behind a proxy certificates are checked as well", async () => {
    proxy.play();
    const { code } = await send(secure, { env: { https_proxy: proxy.url } });
    assert.equal(code, 3);
    assert.deepEqual(proxy.targets, [`localhost:${secure.port}`]);
    assert.equal(secure.requests.length, 0);
  });

  test("a proxy that refuses makes it unreachable", async () => {
    proxy.play(407);
    const { code, stderr } = await send(secure, { ca: ours, env: { https_proxy: proxy.url } });
    assert.equal(code, 3);
    assert.match(stderr, /^heartbeat: not reached after 1 attempt: .*(407|Proxy tunneling failed).*\n$/);
  });

  test("no_proxy names who is asked directly", async () => {
    for (const names of ["localhost", "example.com,localhost"]) {
      proxy.play();
      const env = { https_proxy: proxy.url, no_proxy: names };
      const { code, stderr } = await send(secure, { ca: ours, env });
      assert.equal(code, 0, stderr);
      assert.deepEqual(proxy.targets, []);
    }
  });

  test("http is for this machine and goes past every proxy", async () => {
    proxy.play();
    fixture.recorder.play();
    const env = { http_proxy: proxy.url, HTTP_PROXY: proxy.url, all_proxy: proxy.url };
    const { code, stderr } = await fixture.run([], { env });
    assert.equal(code, 0, stderr);
    assert.deepEqual(proxy.targets, []);
  });
});

#!/usr/bin/env node
// Sends heartbeats to the monitor, alone or around a command. Needs Node 18 and nothing else.
//
// heartbeat.sh and heartbeat.py have the same options, variables, sentences and exit codes.
import { spawn, spawnSync } from "node:child_process";
import { closeSync, constants, mkdtempSync, openSync, readFileSync, rmSync, statSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import tls from "node:tls";

const version = "0.1.0";
const longestWait = 60; // seconds between two attempts
const patience = 2; // seconds for a command's output to end after the command itself has
const quiet = 100; // milliseconds in which all that is there is read
const longestAnswer = 4 << 20; // bytes

const help = `\
Usage: heartbeat.mjs [options]
       heartbeat.mjs [options] -- command [argument ...]

Sends a heartbeat to the monitor. With a command: runs it, passes its output and exit
code through, and reports up when that code is 0, else down.

  --url URL              address of the monitor                  HEARTBEAT_URL
  --service ID           repeat it, or separate with commas      HEARTBEAT_SERVICE
  --key-file FILE        the key is the first line of this file  HEARTBEAT_KEY_FILE
                         or comes from the environment           HEARTBEAT_KEY
  --status STATUS        up (default), degraded or down
  --message TEXT         with a command: instead of its output
  --metadata NAME=VALUE  may be repeated; hostname is sent anyway
  --every SECONDS        again and again until stopped           HEARTBEAT_EVERY
  --timeout SECONDS      for each attempt (20)                   HEARTBEAT_TIMEOUT
  --retries N            further attempts (3)                    HEARTBEAT_RETRIES
  --retry-delay SECONDS  before the first of them; it doubles,   HEARTBEAT_RETRY_DELAY
                         and chance shortens it (4)
  --ca-file FILE         certificates to trust, as PEM           HEARTBEAT_CA_FILE
  --quiet                say only what went wrong in the end
  --version, --help

Exit codes: 0 accepted, 1 refused, 2 wrong usage, 3 not reached; with a command its own.
`;

// Something the user has to put right, as a sentence.
class Fault extends Error {}

const say = (sentence) => process.stderr.write(`heartbeat: ${sentence}\n`);

// --- Options and settings -------------------------------------------------------------------------------------

// Those with a variable, and what they are without both.
const variables = {
  url: "",
  service: "",
  "key-file": "",
  every: "",
  timeout: "20",
  retries: "3",
  "retry-delay": "4",
  "ca-file": "",
};
const options = [...Object.keys(variables), "status", "message", "metadata"];

// The options given, as lists of values, and the command, if any.
function parse(args) {
  const given = {};
  const rest = [...args];
  while (rest.length > 0) {
    const argument = rest.shift();
    if (argument === "--") {
      if (rest.length === 0) throw new Fault('There is no command after "--".');
      return { given, words: rest };
    }
    if (argument === "--help" || argument === "-h") return { text: help };
    if (argument === "--version") return { text: `heartbeat.mjs ${version}\n` };
    if (argument === "--quiet") given.quiet = ["yes"];
    else takeOption(given, argument, rest);
  }
  return { given };
}

function takeOption(given, argument, rest) {
  if (!argument.startsWith("--")) {
    throw new Fault(`Unexpected argument "${argument}". A command comes after "--".`);
  }
  const [, name, value] = argument.match(/^--([^=]*)(?:=([^]*))?$/);
  if (name === "key") {
    throw new Fault(
      "A key on the command line can be read by everybody on this machine. Use HEARTBEAT_KEY or --key-file.",
    );
  }
  if (!options.includes(name)) throw new Fault(`Unknown option --${name}.`);
  if (value === undefined && rest.length === 0) throw new Fault(`--${name} needs a value.`);
  (given[name] ??= []).push(value ?? rest.shift());
}

const printable = (text) => text.replace(/[\x00-\x08\x0b-\x1f\x7f]/g, "");
const oneLine = (text) => text.replace(/[\x00-\x1f\x7f]/g, "");
const firstCharacters = (text, count) => [...text].slice(0, count).join("");
const lastCharacters = (text, count) => [...text].slice(-count).join("");

function metadataOf(pairs = []) {
  const metadata = { hostname: os.hostname() };
  for (const pair of pairs) {
    const at = pair.indexOf("=");
    if (at < 1) throw new Fault("--metadata needs NAME=VALUE.");
    metadata[printable(pair.slice(0, at))] = printable(pair.slice(at + 1));
  }
  return metadata;
}

const option = (given, name) =>
  given[name]?.at(-1) ??
  (process.env[`HEARTBEAT_${name.toUpperCase().replaceAll("-", "_")}`] || variables[name]);

function number(given, name, least) {
  const value = option(given, name);
  if (!/^(0|[1-9][0-9]{0,4})$/.test(value) || Number(value) < least) {
    throw new Fault(`--${name} must be a whole number from ${least} to 99999.`);
  }
  return Number(value);
}

// The settings, checked. Metadata and --every are read earlier, because what is wrong with them is told otherwise.
function settingsOf(given, metadata) {
  const settings = {
    timeout: number(given, "timeout", 1),
    retries: number(given, "retries", 0),
    retryDelay: number(given, "retry-delay", 0),
    every: option(given, "every") && number(given, "every", 1),
    status: given.status?.at(-1) ?? "up",
  };
  if (!["up", "degraded", "down"].includes(settings.status)) {
    throw new Fault("--status must be up, degraded or down.");
  }
  const url = option(given, "url");
  checkQuotes("HEARTBEAT_URL", url);
  if (/[\r\n]/.test(url)) throw new Fault("The address of the monitor has a line break in it.");
  const { address, idInUrl } = partsOf(url);
  settings.endpoint = endpoint(address);
  const named = (given.service ?? [option(given, "service")]).join(",");
  checkQuotes("HEARTBEAT_SERVICE", named);
  settings.services = services(named || idInUrl);
  settings.key = () => key(given);
  settings.key();
  settings.ca = certificates(option(given, "ca-file"));
  settings.message = given.message && firstCharacters(printable(given.message.at(-1)), 500);
  return { ...settings, metadata, quiet: given.quiet !== undefined };
}

// Some of those that set variables keep what a shell would take away.
function checkQuotes(name, value) {
  if (!/^(["'])[^]*\1$/.test(value)) return;
  throw new Fault(
    `${name} has quotes around it, which count: docker run --env-file keeps them. Write it without.`,
  );
}

const urlForm = /^(https?):\/\/(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(:[0-9]+)?(\/[A-Za-z0-9._~:/%-]*)?$/i;

// The address of the monitor, and the id when it is that of a service's heartbeats.
function partsOf(url) {
  const [, address, idInUrl] = url.match(/^([^]*\/api\/heartbeat)\/([^/]+)\/*$/) ?? [undefined, url, ""];
  return { address, idInUrl };
}

function endpoint(url) {
  if (url === "") {
    throw new Fault(
      "No monitor is given. Set HEARTBEAT_URL or --url to its address, such as https://heartbeat-monitor.example.workers.dev",
    );
  }
  const address = url.replace(/\/+$/, "").replace(/\/api\/heartbeat$/, "");
  const [, scheme, host] = address.match(urlForm) ?? [];
  const parsed = scheme && parsedUrl(`${address}/api/heartbeat`);
  if (!parsed) {
    throw new Fault(
      'The address of the monitor must look like https://host or https://host/path, without user name, "?" and "#".',
    );
  }
  if (scheme.toLowerCase() === "http" && !["localhost", "127.0.0.1", "[::1]"].includes(host)) {
    throw new Fault(
      "A key must not travel in the open: the address of the monitor must begin with https:// (http:// is only for localhost, 127.0.0.1 and [::1]).",
    );
  }
  return parsed;
}

function parsedUrl(text) {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

function services(text) {
  if (/[^A-Za-z0-9._:, -]/.test(text)) {
    throw new Fault(
      "The id of a service has letters, digits and . _ : - only. Separate several with commas.",
    );
  }
  const ids = text.split(/[, ]/).filter((id) => id !== "");
  if (ids.length === 0) throw new Fault("No service is given. Set HEARTBEAT_SERVICE or --service to its id.");
  return ids;
}

let keyOnce; // out of a pipe, which gives it only once

// Read again for each heartbeat, so that a key may be changed under a loop.
function key(given) {
  let found = given["key-file"] ? "" : (process.env.HEARTBEAT_KEY ?? "").trim();
  const file = option(given, "key-file");
  if (!found && file) {
    found = keyOnce ?? textOf(file)?.split("\n")[0].trim();
    if (!found) throw new Fault(`The key file ${file} cannot be read, or its first line is empty.`);
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) keyOnce = found;
  }
  checkQuotes("HEARTBEAT_KEY", found);
  if (/[^ -~]/.test(found)) {
    throw new Fault("The key has characters that no HTTP header can carry. Take one of letters and digits.");
  }
  return found;
}

function certificates(file) {
  const text = file === "" ? "" : textOf(file);
  if (text === undefined) throw new Fault(`The file of certificates ${file} cannot be read.`);
  return text || undefined;
}

function textOf(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

// --- One attempt ----------------------------------------------------------------------------------------------

// Resolves with { status, headers, json } or { error }; never rejects.
async function attempt(settings, body, signal) {
  const abort = new AbortController();
  const onStop = () => abort.abort();
  signal.addEventListener("abort", onStop);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    abort.abort();
  }, settings.timeout * 1000);
  try {
    const reply = await post(settings, body, abort.signal);
    return { status: reply.statusCode, headers: reply.headers, json: parsed(await read(reply)) };
  } catch (error) {
    if (late) return { error: `no answer in ${settings.timeout} s` };
    return { error: (error.message || error.code || String(error)).replace(/\.$/, "") };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onStop);
    abort.abort();
  }
}

async function post(settings, body, signal) {
  const { endpoint: url, ca } = settings;
  const found = settings.key();
  const headers = {
    "Content-Type": "application/json",
    "Content-Length": body.length,
    "User-Agent": `heartbeat.mjs/${version}`,
    ...(found && { Authorization: `Bearer ${found}` }),
  };
  const asked = { method: "POST", headers, signal };
  const direct = { ...asked, agent: false };
  if (url.protocol === "http:") return answerOf(http.request(url, direct), body);
  const trust = { ca, rejectUnauthorized: true }; // whatever NODE_TLS_REJECT_UNAUTHORIZED says
  const proxy = proxyFor(url);
  if (!proxy) return answerOf(https.request(url, { ...direct, ...trust }), body);
  const socket = await tunnel(proxy, url, signal);
  const servername = /^[\d.]+$|^\[/.test(url.hostname) ? "" : url.hostname;
  const host = url.hostname.replace(/[[\]]/g, "");
  const createConnection = () => tls.connect({ ...trust, socket, servername, host });
  return answerOf(https.request(url, { ...asked, createConnection }), body);
}

function answerOf(request, body) {
  return new Promise((resolve, reject) => {
    request.on("response", resolve).on("error", reject).end(body);
  });
}

// The proxy that the environment names for an https address, as curl finds it.
function proxyFor(url) {
  const variable = (name) => process.env[name] || process.env[name.toUpperCase()] || "";
  const proxy = variable("https_proxy") || variable("all_proxy");
  const host = url.hostname.replace(/[[\]]/g, "");
  const direct = variable("no_proxy").split(/[\s,]+/);
  const isDirect = (name) =>
    name === "*" || (name !== "" && `.${host}`.endsWith(`.${name.replace(/^\*?\./, "").toLowerCase()}`));
  if (proxy === "" || direct.some(isDirect)) return undefined;
  return new URL(proxy.includes("://") ? proxy : `http://${proxy}`);
}

// A connection through the proxy to where the address points.
function tunnel(proxy, url, signal) {
  const target = `${url.hostname}:${url.port || 443}`;
  const name = decodeURIComponent(proxy.username);
  const login = Buffer.from(`${name}:${decodeURIComponent(proxy.password)}`).toString("base64");
  const headers = { Host: target, ...(name && { "Proxy-Authorization": `Basic ${login}` }) };
  const { request } = proxy.protocol === "https:" ? https : http;
  if (!/^https?:$/.test(proxy.protocol))
    throw new Error(`a proxy of the kind ${proxy.protocol} is of no use`);
  return new Promise((resolve, reject) => {
    request({
      host: proxy.hostname.replace(/[[\]]/g, ""),
      port: proxy.port || (proxy.protocol === "https:" ? 443 : 80),
      method: "CONNECT",
      path: target,
      headers,
      signal,
      agent: false,
    })
      .on("connect", ({ statusCode }, socket) => {
        if (statusCode === 200) return resolve(socket);
        socket.destroy();
        reject(new Error(`the proxy answered ${statusCode}`));
      })
      .on("error", reject)
      .end();
  });
}

async function read(reply) {
  const chunks = [];
  let length = 0;
  for await (const chunk of reply) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > longestAnswer) throw new Error("the answer is too long");
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parsed(text) {
  try {
    const value = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
  } catch {
    return {};
  }
}

// --- The answer -----------------------------------------------------------------------------------------------

const field = ({ json }, name) => (typeof json?.[name] === "string" ? oneLine(json[name]) : "");
const wordsOf = (answer) => field(answer, answer.json?.results ? "message" : "error");

function retryAfter({ headers }) {
  const value = headers?.["retry-after"] ?? "";
  return /^(0|[1-9][0-9]{0,5})$/.test(value) ? Number(value) : 0;
}

// { verdict: accepted, refused or failed; reason }
function judge(answer, ids) {
  const { status, error, json } = answer;
  const words = wordsOf(answer);
  const inWords = words && `: ${words}`;
  const failed = (reason) => ({ verdict: "failed", reason });
  if (error) return failed(error);
  if (status === 200 && json.success === true) return { verdict: "accepted" };
  if (status === 200) {
    return failed(
      "the answer was 200, but not one of the monitor; a captive portal or a proxy may have given it",
    );
  }
  if (status >= 300 && status < 400) {
    const location = oneLine(answer.headers.location ?? "");
    return failed(`the answer was a redirect (${status}) to ${location}, which is not followed`);
  }
  if (status === 408 || status === 429 || status >= 500) return failed(`the answer was ${status}${inWords}`);
  if (status === 207 || status >= 400) {
    return { verdict: "refused", reason: `refused (${status})${inWords}${advice(words, ids)}` };
  }
  return failed(`the answer was ${status}`);
}

function advice(words, ids) {
  if (words === "") return ", not in the monitor's words. Is that the address of the monitor?";
  if (words === "Unknown serviceId") {
    return `. Look for "${ids.join(" ")}" in config/services.json of the deployed monitor; case matters.`;
  }
  if (/^Invalid API key$|^No key was sent/.test(words)) {
    return '. HEARTBEAT_KEY or the key file must hold the key of the service, else of its group, else of "*".';
  }
  if (/^No API key configured|API_KEYS not set$/.test(words)) {
    return ". Where the monitor is deployed from: npm run keys -- --put";
  }
  return "";
}

function refusedEntries({ json }) {
  const results = Array.isArray(json.results) ? json.results : [];
  return results
    .filter((entry) => entry?.success === false)
    .map(({ serviceId, error }) => oneLine(`  ${serviceId}: ${error}`));
}

// --- Sending --------------------------------------------------------------------------------------------------

function requestBody(settings, status, message, durationMs) {
  const entries = settings.services.map((serviceId) => ({ serviceId, status, durationMs }));
  const body = entries.length === 1 ? entries[0] : { services: entries };
  return Buffer.from(JSON.stringify({ ...body, message: message || undefined, metadata: settings.metadata }));
}

// Between half of the time and all of it, so that machines that failed together do not come back together.
const jittered = (seconds) => seconds - Math.floor(Math.random() * (Math.floor(seconds / 2) + 1));

// Resolves early when the signal asks for the end.
function pause(seconds, signal) {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", end);
      resolve();
    }, seconds * 1000);
    signal.addEventListener("abort", end, { once: true });
  });
}

// 0 accepted, 1 refused, 2 wrong key file, 3 not reached
async function send(settings, signal, { status, message, durationMs, wrapping = false }) {
  try {
    settings.key();
  } catch (fault) {
    say(fault.message);
    return 2;
  }
  const body = requestBody(settings, status, message, durationMs);
  let delay = settings.retryDelay;
  for (let attempts = 1; ; ++attempts) {
    const answer = await attempt(settings, body, signal);
    if (signal.aborted) return 3;
    const { verdict, reason } = judge(answer, settings.services);
    if (verdict === "accepted") {
      toldAccepted(settings, answer, wrapping);
      return 0;
    }
    if (verdict === "refused") {
      say(reason);
      for (const line of refusedEntries(answer)) process.stderr.write(`${line}\n`);
      return 1;
    }
    delay = Math.min(delay, longestWait);
    const seconds = Math.max(jittered(delay), retryAfter(answer));
    delay *= 2;
    if (attempts > settings.retries || seconds > longestWait) {
      const tried = attempts === 1 ? "1 attempt" : `${attempts} attempts`;
      say(`not reached after ${tried}: ${reason}. Check the address, the network and the proxy.`);
      return 3;
    }
    if (!settings.quiet) say(`not reached: ${reason}; trying again in ${seconds} s`);
    await pause(seconds, signal);
    if (signal.aborted) return 3;
  }
}

function toldAccepted({ quiet, services: ids }, answer, wrapping) {
  const warning = field(answer, "warning");
  if (warning && !quiet) say(`accepted, but: ${warning}`);
  if (!quiet && !wrapping) process.stdout.write(`heartbeat: accepted (${ids.join(", ")})\n`);
}

// --- A command ------------------------------------------------------------------------------------------------

const codeOf = (code, signal) => code ?? 128 + os.constants.signals[signal];

// 127 for one that there is not, 126 for one that cannot be run.
function cannotRun(error) {
  say(error.message);
  return error.code === "ENOENT" ? 127 : 126;
}

// Two pipes, as [end to read, end to write]. What Node itself makes are sockets, through which no command can open
// /dev/stdout. Undefined where there is no mkfifo.
function pipes() {
  if (process.platform === "win32") return undefined;
  let folder;
  try {
    folder = mkdtempSync(path.join(os.tmpdir(), "heartbeat-"));
    const files = ["out", "err"].map((name) => path.join(folder, name));
    if (spawnSync("mkfifo", files).status !== 0) return undefined;
    return files.map((file) => {
      const fd = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
      return [new net.Socket({ fd, readable: true, writable: false }), openSync(file, "w")];
    });
  } catch {
    return undefined;
  } finally {
    if (folder) rmSync(folder, { recursive: true });
  }
}

// Passes on what the source gives. When nobody reads any more, the command is to notice.
function passOn(source, target) {
  const end = () => source.destroy();
  target.on("error", end);
  const passing = { isBlocked: false, movedAt: 0 };
  const move = (isBlocked) => Object.assign(passing, { isBlocked, movedAt: performance.now() });
  source.on("data", (chunk) => {
    move(!target.write(chunk));
    if (!passing.isBlocked) return;
    source.pause();
    target.once("drain", () => {
      move(false);
      source.resume();
    });
  });
  passing.ended = new Promise((resolve) => source.on("error", () => {}).on("close", resolve));
  void passing.ended.then(() => target.off("error", end));
  return passing;
}

// Resolves when the sources have ended. A process that the command left behind may hold them open; what the command itself
// has written is there already.
async function passed(sources, passings) {
  const until = performance.now() + patience * 1000;
  const timer = setInterval(() => {
    const now = performance.now();
    for (const [i, { isBlocked, movedAt }] of passings.entries()) {
      if (now > until && !isBlocked && now - movedAt > quiet) sources[i].destroy();
    }
  }, quiet);
  await Promise.all(passings.map(({ ended }) => ended));
  clearInterval(timer);
}

// Resolves with its exit code, how long it took, and its last lines. `running.child` is there while it runs.
async function runCommand([program, ...args], running) {
  const started = process.hrtime.bigint();
  const made = pipes();
  const ends = made?.map(([, end]) => end) ?? ["pipe", "pipe"];
  let child;
  try {
    child = spawn(program, args, { stdio: ["inherit", ...ends], env: withoutKey() });
  } catch (error) {
    for (const [source] of made ?? []) source.destroy();
    return { code: cannotRun(error), durationMs: 0, output: error.message };
  } finally {
    for (const [, end] of made ?? []) closeSync(end);
  }
  running.child = child;
  const sources = made?.map(([source]) => source) ?? [child.stdout, child.stderr];
  let tail = Buffer.alloc(0);
  for (const source of sources) {
    source.on("data", (chunk) => (tail = Buffer.concat([tail, chunk]).subarray(-4096)));
  }
  const passings = [passOn(sources[0], process.stdout), passOn(sources[1], process.stderr)];
  const { code, output } = await new Promise((resolve) => {
    child.on("error", (error) => resolve({ code: cannotRun(error), output: error.message }));
    child.on("exit", (code, signal) => resolve({ code: codeOf(code, signal) }));
  });
  running.child = undefined;
  const durationMs = Number((process.hrtime.bigint() - started) / 1_000_000n);
  await passed(sources, passings);
  return { code, durationMs, output: output ?? lastLines(tail) };
}

// The last ten, without colours; progress bars return the carriage.
function lastLines(tail) {
  const text = tail.toString("utf8").replace(/\x1b\[[0-9;?]*[A-Za-z]/g, "");
  const lines = text.split(/[\r\n]/).filter((line) => line.trim() !== "");
  return printable(lines.slice(-10).join("\n"));
}

// The environment of a command, which has no business with the key.
function withoutKey() {
  const { HEARTBEAT_KEY: _, ...others } = process.env;
  return others;
}

// The key does not travel in a message, whatever the command prints.
function hidden(key, output) {
  return key.length >= 4 ? output.replaceAll(key, "***") : output;
}

function knownKey(settings) {
  try {
    return settings.key();
  } catch {
    return ""; // which is said when it is needed
  }
}

function reportOf({ code, durationMs, output }, settings) {
  const words = lastCharacters(hidden(knownKey(settings), output), 450);
  return {
    status: code === 0 ? "up" : "down",
    message: settings.message ?? (code === 0 ? words : `exit code ${code}\n${words}`.trimEnd()),
    durationMs,
    wrapping: true,
  };
}

// --- The whole ------------------------------------------------------------------------------------------------

// What runs, and whether a signal has asked for the end. However many there are, how a command ended is reported: a
// signal to the whole group reaches a command and this program.
function watchSignals() {
  const stop = new AbortController();
  const running = { signal: stop.signal };
  for (const name of ["SIGHUP", "SIGINT", "SIGTERM"]) {
    process.on(name, () => {
      running.stoppedBy = 128 + os.constants.signals[name];
      if (!running.unheard) return stop.abort();
      // The terminal has sent it to the command as well.
      if (name !== "SIGINT" || !process.stdin.isTTY) running.child?.kill(name);
    });
  }
  return running;
}

async function round(settings, running, words) {
  const { status, message } = settings;
  if (!words) {
    const code = await send(settings, running.signal, { status, message });
    return running.stoppedBy ?? code;
  }
  running.unheard = true;
  const ended = await runCommand(words, running);
  if (running.stoppedBy && settings.every) return ended.code; // it did not fail, it was stopped
  await send(settings, running.signal, reportOf(ended, settings));
  running.unheard = false;
  return ended.code;
}

async function watch(settings, words) {
  const running = watchSignals();
  for (;;) {
    const began = performance.now();
    const code = await round(settings, running, words);
    if (!settings.every) return code;
    if (!running.stoppedBy) await pause(settings.every - (performance.now() - began) / 1000, running.signal);
    if (running.stoppedBy) return 0;
  }
}

function withoutHeartbeat([program, ...args]) {
  const running = watchSignals();
  running.unheard = true;
  return new Promise((resolve) => {
    running.child = spawn(program, args, { stdio: "inherit", env: withoutKey() });
    running.child.on("error", (error) => resolve(cannotRun(error)));
    running.child.on("exit", (code, signal) => resolve(codeOf(code, signal)));
  }).catch(cannotRun);
}

async function main(args) {
  const usage = (fault) => {
    if (!(fault instanceof Fault)) throw fault;
    say(fault.message);
    say("heartbeat.mjs --help lists the options.");
    return 2;
  };
  let parsedArgs, metadata;
  try {
    parsedArgs = parse(args);
    if (parsedArgs.words && parsedArgs.given.status) {
      throw new Fault("--status is for heartbeats without a command; with one, its exit code decides.");
    }
    metadata = metadataOf(parsedArgs.given?.metadata);
  } catch (fault) {
    return usage(fault);
  }
  const { text, given, words } = parsedArgs;
  if (text) {
    process.stdout.write(text);
    return 0;
  }
  let settings;
  try {
    settings = settingsOf(given, metadata);
  } catch (fault) {
    if (!words || option(given, "every")) return usage(fault);
    say(fault.message);
    say("The command runs without a heartbeat."); // which must not keep it from running
    return withoutHeartbeat(words);
  }
  return watch(settings, words);
}

for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {}); // nobody reads any more

main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});

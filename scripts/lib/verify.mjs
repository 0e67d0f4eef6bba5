// Whether a deployed monitor does what it should: it is sent heartbeats of all services whose keys are here, to an address
// where they go the whole way and count for nobody.
import { setTimeout } from "node:timers/promises";
import { heardServices, readConfig } from "./config.mjs";
import { Failure, say } from "./say.mjs";

const kPauseMs = 1_000; // between two tries
const kTimeoutMs = 20_000; // of one request
const kBatch = 2_000; // services in a request
const kNamed = 10; // services that are named when they are refused
const kAdvice = "\nThe monitor has other keys than this machine, whose are put with: npm run keys -- --put";

// How long a monitor may take until it answers as deployed. A new name on workers.dev is known everywhere after a minute
// or so, a version after seconds.
export const patience = { withNew: 120_000, withKnown: 30_000 };

// `identity` is that of the configuration that was deployed.
export async function verify(url, { keys, identity, patienceMs }) {
  say(`Asking ${url} …`);
  const end = Date.now() + patienceMs;
  const services = heardServices(readConfig("services"), keys).filter(
    ({ key, required }) => key || !required,
  );
  if (services.length === 0) return verifyHealth(url, end);
  const answers = [];
  for (let i = 0; i < services.length; i += kBatch) {
    const batch = services.slice(i, i + kBatch);
    const answer = await untilItSucceeds(() => verified(url, batch, identity), end);
    if (answer.isLogin) return verifyBehindLogin(url, end);
    if (answer.isDisabled) return say("It answers, and takes no heartbeats: config/settings.json says so.");
    answers.push(answer);
  }
  introduce(services.length, answers);
}

function introduce(count, answers) {
  const heartbeats = count === 1 ? "The heartbeat of the service" : `Heartbeats of all ${count} services`;
  if (answers.every(({ stored }) => stored)) {
    return say(
      `${heartbeats} whose key is here would be accepted: tried, stored, read back, and counted for nobody.`,
    );
  }
  say(`${heartbeats} whose key is here would be accepted. None was stored: there is no collector.`);
}

// What the monitor says of the services, or {isLogin} or {isDisabled}. Fails when it is not (yet) as it should be.
async function verified(url, services, identity) {
  const body = { services: services.map(({ id, key }) => ({ serviceId: id, token: key })) };
  const { status, json, text } = await ask(`${url}/api/verify`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (status >= 300 && status < 400) return { isLogin: true };
  if (status === 403 && json?.error?.endsWith("is disabled")) return { isDisabled: true };
  if (json?.results?.some(({ success }) => !success)) throw new Failure(refused(json.results));
  if (status !== 200 || !json?.success) {
    throw new Failure(strange("/api/verify", status, text) + (status === 401 ? kAdvice : ""));
  }
  if (identity && json.edge && json.edge !== identity)
    throw new Failure("The version that answers has another configuration than the one that was deployed.");
  return json;
}

function refused(results) {
  const failed = results.filter(({ success }) => !success);
  const named = failed.slice(0, kNamed).map(({ serviceId, error }) => `  - ${serviceId}: ${error}`);
  if (failed.length > kNamed) named.push(`  - and ${failed.length - kNamed} more`);
  const sentence = `It is deployed, and would refuse heartbeats of these services:\n${named.join("\n")}`;
  if (!failed.some(({ error }) => /key/i.test(error))) return sentence;
  return sentence + kAdvice;
}

async function verifyHealth(url, end) {
  const { status } = await untilItSucceeds(() => healthy(url), end);
  if (status !== 200) throw new Failure("/healthz is behind a login; DEPLOY.md exempts it.");
  say("It answers. No key of a service is here, so that no heartbeat was tried.");
}

// A heartbeat that is none is refused by the monitor itself, in JSON, where the login lets it through.
async function verifyBehindLogin(url, end) {
  const { status } = await untilItSucceeds(() => healthy(url), end);
  if (status !== 200) throw new Failure("/healthz is behind a login, too; DEPLOY.md exempts it.");
  const beat = await ask(`${url}/api/heartbeat`, { method: "POST", body: "{" });
  if (beat.status >= 300 && beat.status < 400)
    throw new Failure("/api/heartbeat is behind a login, which no machine passes; DEPLOY.md exempts it.");
  say("It answers. /api/verify is behind a login, so no heartbeat was tried; DEPLOY.md exempts it.");
}

// 503 is an answer: nothing was checked yet, or checks are late.
async function healthy(url) {
  const { status, json, text } = await ask(`${url}/healthz`);
  if (json && (status === 200 || status === 503)) return { status: 200 };
  if (status >= 300 && status < 400) return { status };
  throw new Failure(strange("/healthz", status, text));
}

const strange = (path, status, text) => `${path} answered ${status}: ${text.slice(0, 300)}`;

async function ask(url, options) {
  const response = await fetch(url, {
    redirect: "manual",
    signal: AbortSignal.timeout(kTimeoutMs),
    ...options,
  });
  const text = await response.text();
  return { status: response.status, text, json: jsonOf(text) };
}

function jsonOf(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // not the monitor's
  }
}

// The last failure counts.
async function untilItSucceeds(job, end) {
  for (;;) {
    try {
      return await job();
    } catch (error) {
      if (Date.now() + kPauseMs > end) throw error instanceof Failure ? error : notReached(error);
      await setTimeout(kPauseMs);
    }
  }
}

const notReached = (error) =>
  new Failure(`It is deployed, but was not reached from here: ${error.cause?.message ?? error.message}`);

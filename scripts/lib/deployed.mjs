// The deployed monitor: where it is, and whether it does what it should.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { heardServices, readConfig } from "./config.mjs";
import { inRoot } from "./paths.mjs";
import { Failure, say } from "./say.mjs";

const file = inRoot(".wrangler", "deployed-url");
const kPauseMs = 1_000; // between two tries

// How long a monitor may take until it answers. A new name on workers.dev is known everywhere after a minute or so,
// secrets after seconds.
export const patience = { withNew: 120_000, withKnown: 3_000 };

// As configured, else as the last deploy on this machine found out, else undefined.
export function deployedUrl() {
  const { publicUrl } = readConfig("settings").monitoring ?? {};
  return publicUrl?.replace(/\/$/, "") || (existsSync(file) ? readFileSync(file, "utf8") : undefined);
}

export function rememberUrl(url) {
  mkdirSync(inRoot(".wrangler"), { recursive: true });
  writeFileSync(file, url);
}

// The address out of what wrangler wrote down about the deploy: lines of JSON, with addresses, names of custom domains
// and schedules among its targets.
export function urlOf(output) {
  const entries = output
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  const targets = entries.flatMap((entry) => (entry.type === "deploy" ? (entry.targets ?? []) : []));
  const domain = targets.map((target) => target.match(/^([\w.-]+) \(custom domain/)?.[1]).find(Boolean);
  const address = targets.find((target) => /^https?:\/\//.test(target));
  return domain ? `https://${domain}` : address?.replace(/\/$/, "");
}

// Sends one heartbeat and reads it back. A service that has been heard already is left alone: a heartbeat that is not
// its own could hide that it is down.
export async function verify(url, { keys, alertKey, patienceMs }) {
  const patiently = (job) => untilItSucceeds(job, Date.now() + patienceMs);
  say(`Asking ${url} …`);
  const status = await patiently(() => ask(`${url}/api/status`));
  if (!status) return verifyBehindLogin(url, patiently);
  const heard = new Set(
    status.summary?.results.filter(({ lastSeen }) => lastSeen).map(({ serviceId }) => serviceId),
  );
  const candidates = heardServices(readConfig("services"), keys).filter(
    ({ key, required }) => key || !required,
  );
  const service = candidates.find(({ id }) => !heard.has(id));
  if (!service) return say(candidates.length > 0 ? "It answers, and its services are heard." : "It answers.");
  const { timestamp } = await patiently(() => beat(url, service)).catch(adviseOnKeys);
  await patiently(() => readBack(url, service.id, timestamp, alertKey));
  say(
    `A heartbeat of "${service.id}" was sent, accepted and read back. Until it sends its own, it will go down.`,
  );
}

function adviseOnKeys(error) {
  if (!error.message.includes("answered 401")) throw error;
  throw new Failure(`${error.message}\nIt is deployed, but without that key. Put it: npm run keys -- --put`);
}

async function verifyBehindLogin(url, patiently) {
  await patiently(async () => {
    if (!(await ask(`${url}/healthz`)))
      throw new Failure("/healthz is behind a login, too; DEPLOY.md exempts it.");
  });
  say("It checks. Its state is behind a login, so no heartbeat was sent.");
}

async function beat(url, { id, key }) {
  const headers = { "Content-Type": "application/json", ...(key && { Authorization: `Bearer ${key}` }) };
  const body = JSON.stringify({ message: "Sent by npm run deploy" });
  const answer = await ask(`${url}/api/heartbeat/${id}`, { method: "POST", headers, body });
  if (!answer)
    throw new Failure("/api/heartbeat is behind a login, which no machine passes; DEPLOY.md exempts it.");
  return answer;
}

async function readBack(url, id, timestamp, alertKey) {
  const headers = alertKey ? { Authorization: `Bearer ${alertKey}` } : {};
  const { logs, complete = true } = await ask(`${url}/api/logs?serviceId=${id}&limit=10`, { headers });
  if (!complete || logs.some((entry) => entry.timestamp === timestamp)) return;
  throw new Failure(`The heartbeat of "${id}" was accepted, but /api/logs does not have it.`);
}

// The answer's JSON, undefined for a redirect to a login. What is not the monitor's yet fails, as does what it refuses.
async function ask(url, options) {
  const response = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(20_000), ...options });
  const text = await response.text();
  if (response.ok) return JSON.parse(text);
  if (response.status >= 300 && response.status < 400) return undefined;
  throw new Failure(`${new URL(url).pathname} answered ${response.status}: ${text.slice(0, 300)}`);
}

// The last failure counts.
async function untilItSucceeds(job, end) {
  for (;;) {
    try {
      return await job();
    } catch (error) {
      if (Date.now() + kPauseMs > end) throw new Failure(`${error.cause?.message ?? error.message}`);
      await setTimeout(kPauseMs);
    }
  }
}

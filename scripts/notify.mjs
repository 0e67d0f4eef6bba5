// npm run notify: one real message through a channel of the local monitor, or of a given one:
//   npm run notify -- on-call [--event down] [--url https://monitor.example.workers.dev]
import { parseArgs } from "node:util";
import "./lib/node-version.mjs";
import { kFile } from "./lib/production-vars.mjs";
import { Failure, main, say } from "./lib/say.mjs";
import { readVars } from "./lib/vars.mjs";

const kUsage = "npm run notify -- <channel> [--event test|down|degraded|up] [--url URL] [--type]";
const kOptions = {
  url: { type: "string", default: "http://127.0.0.1:8787" },
  event: { type: "string", default: "test" },
  type: { type: "boolean", default: false },
};

main(async (args) => {
  const { channel, event, url, type } = parse(args);
  const body = { [type ? "channelType" : "channelName"]: channel, eventType: event };
  const { status, answer } = await post(new URL("/api/test-notification", url), body);
  if (answer.success)
    return say(`${answer.channel} (${answer.type}) took the message: HTTP ${answer.status}`);
  throw new Failure(status === 403 ? switchedOff(url) : (answer.error ?? `The monitor answered ${status}.`));
});

function isLoopback({ hostname }) {
  return ["127.0.0.1", "localhost", "[::1]"].includes(hostname);
}

// Out of the environment, else out of the file for that monitor.
function keyFor(url) {
  const key = process.env.ALERT_API_KEY ?? readVars(isLoopback(url) ? ".dev.vars" : kFile).ALERT_API_KEY;
  if (!key) throw new Failure("Put the monitor's key into the environment first: export ALERT_API_KEY=…");
  return key;
}

function parse(args) {
  try {
    const { values, positionals } = parseArgs({ args, options: kOptions, allowPositionals: true });
    new URL(values.url); // throws a sentence
    if (positionals.length === 1) return { ...values, channel: positionals[0] };
  } catch (error) {
    throw new Failure(`${error.message}\n${kUsage}`);
  }
  throw new Failure(kUsage);
}

async function post(url, body) {
  const headers = { Authorization: `Bearer ${keyFor(url)}`, "Content-Type": "application/json" };
  try {
    const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
    return { status: response.status, answer: await response.json() };
  } catch (error) {
    const help = isLoopback(url) ? ' Is it running? "npm start" starts it.' : "";
    throw new Failure(`${url.origin} does not answer as the monitor does (${error.message}).${help}`);
  }
}

function switchedOff(url) {
  const again = isLoopback(new URL(url)) ? 'then restart "npm start"' : "then deploy";
  return `It is switched off: set api.enableTestNotificationEndpoint to true in config/settings.json, ${again}.`;
}

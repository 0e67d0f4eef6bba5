// npm run notify: one real message through a channel of the local monitor, or of a given one.
import "./lib/node-version.mjs";
import { optionsOf } from "./lib/options.mjs";
import { kFile } from "./lib/production-vars.mjs";
import { Failure, main, misused, say } from "./lib/say.mjs";
import { readVars } from "./lib/vars.mjs";

const usage = `npm run notify -- <channel> [--event EVENT] [--url URL] [--type]

Sends one real message through a channel of config/notifications.json, and says what its provider answered. The
monitor sends it: that of npm start, or the one at the URL.

  --event EVENT    test (default), down, degraded or up
  --url URL        the address of a monitor (http://127.0.0.1:8787)
  --type           the word is a type such as slack: all channels of it

  npm run notify -- on-call
  npm run notify -- on-call --event down --url https://heartbeat-monitor.example.workers.dev
`;
const options = {
  url: { type: "string", default: "http://127.0.0.1:8787" },
  event: { type: "string", default: "test" },
  type: { type: "boolean", default: false },
};

main(async (args) => {
  const { words, event, url, type } = optionsOf(args, { options, usage, count: [1, 1] });
  if (!URL.canParse(url)) throw new Failure(misused(`--url takes an address, and "${url}" is none.`, usage));
  const [channel] = words;
  const body = { [type ? "channelType" : "channelName"]: channel, eventType: event };
  const { status, answer } = await post(new URL("/api/test-notification", url), body);
  if (answer.success)
    return say(`${answer.channel} (${answer.type}) took the message: HTTP ${answer.status}`);
  throw new Failure(status === 403 ? switchedOff(url) : (answer.error ?? `The monitor answered ${status}.`));
}, usage);

function isLoopback({ hostname }) {
  return ["127.0.0.1", "localhost", "[::1]"].includes(hostname);
}

// Out of the environment, else out of the file for that monitor.
function keyFor(url) {
  const key = process.env.ALERT_API_KEY ?? readVars(isLoopback(url) ? ".dev.vars" : kFile).ALERT_API_KEY;
  if (!key) throw new Failure("Put the monitor's key into the environment first: export ALERT_API_KEY=…");
  return key;
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

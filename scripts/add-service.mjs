// npm run add-service -- mail --name "Mail server" --group production: adds a service to config/services.json, with a
// key of its own, and says what is to be done next.
import "./lib/node-version.mjs";
import { curlLine } from "./lib/config.mjs";
import { faultList, requireNoFaults } from "./lib/check-config.mjs";
import { provideCore } from "./lib/core.mjs";
import { deployedUrl } from "./lib/deployed.mjs";
import { exclusively } from "./lib/exclusive.mjs";
import { installPackages } from "./lib/install.mjs";
import { makeKeys } from "./lib/keys.mjs";
import { optionsOf } from "./lib/options.mjs";
import { kFile } from "./lib/production-vars.mjs";
import { Failure, main, say } from "./lib/say.mjs";
import { addService } from "./lib/services-file.mjs";

const text = { type: "string" };
const options = {
  name: text,
  description: text,
  group: text,
  threshold: text,
  "no-key": { type: "boolean" },
};
const usage = `npm run add-service -- <id> [options]

Adds a service to config/services.json, makes its key, and prints the lines that send its heartbeats. The deployed
monitor has both after the next deploy.

  --name NAME           what people read; the id, when it is left out
  --description TEXT    one line more
  --group ID            a group of config/services.json that it belongs to
  --threshold SECONDS   the silence after which it is down; else its group's, else the default
  --no-key              its heartbeats need no key

  npm run add-service -- mail
  npm run add-service -- mail --name "Mail server" --group production --threshold 600
`;

main(async (args) => {
  const { words, group, ...values } = optionsOf(args, { options, usage, count: [1, 1] });
  const service = serviceOf(words[0], values);
  await installPackages();
  await provideCore();
  const key = await exclusively(() => add(service, group, { isOpen: values["no-key"] }));
  say(`Added "${service.id}" to config/services.json.`);
  await introduce(service.id, key);
}, usage);

// Resolves with its key, if it needs one. When something of it cannot be done, nothing is.
async function add(service, group, { isOpen }) {
  await requireNoFaults();
  const takeBack = await addService(service, group);
  try {
    await requireNoFaults(inOptions);
    return isOpen ? undefined : (await makeKeys([service.id]))[service.id];
  } catch (error) {
    takeBack();
    throw error;
  }
}

const optionOf = {
  id: "The id",
  name: "--name",
  description: "--description",
  stalenessThreshold: "--threshold",
};

// The service is the last one, and its members are the options.
const inOptions = (faults) =>
  faults
    .map((fault) => {
      const [, member, text] = fault.match(/^services\.json: services\[\d+\]\.(\w+): ([^]*)$/) ?? [];
      return optionOf[member] ? `${optionOf[member]} ${text}.` : faultList([fault]);
    })
    .join("\n");

// Only what is said; everything else has its default, or its group's value.
function serviceOf(id, { name, description, threshold, "no-key": isOpen }) {
  if (threshold !== undefined && !/^[1-9]\d*$/.test(threshold)) {
    throw new Failure("--threshold must be a whole number of seconds.");
  }
  if (id === "." || id === "..") throw new Failure("An id of dots alone could not stand in an address.");
  const service = { id, name, description, stalenessThreshold: threshold && Number(threshold) };
  if (isOpen) service.auth = { required: false };
  return Object.fromEntries(Object.entries(service).filter(([, value]) => value !== undefined));
}

async function introduce(id, key) {
  const url = (await deployedUrl()) ?? "https://heartbeat-monitor.example.workers.dev";
  if (key) say(`Its key is in API_KEYS of ${kFile}, which git ignores.`);
  say(`The deployed monitor knows the service${key ? " and its key" : ""} after\n\n  npm run deploy\n`);
  say(`Then, on the machine of the service, from cron or a timer:\n\n  ${clientLine(url, id, key)}\n`);
  say(`or, without a client\n\n  ${curlLine(url, { id, key })}`);
}

const clientLine = (url, id, key) =>
  `HEARTBEAT_URL=${url}${key ? ` HEARTBEAT_KEY=${key}` : ""} heartbeat.sh --service ${id}`;

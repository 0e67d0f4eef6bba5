// What becomes of the services of another monitor: services, groups and keys of ours, and what has to be said.
import { newKey } from "../keys.mjs";

const kLongestId = 100;
const kLongestName = 200;
const kLongestDescription = 1000;
const kLongestThreshold = 365 * 86_400;
const kUsual = 300; // the threshold that counts when none is given

// `known` are the ids in config/services.json, `shortest` is the check interval. Returns { services, groups, keys, taken,
// refused, notes }, the last three as lines.
export function planOf({ services: candidates }, { known, shortest }) {
  const plan = {
    services: [],
    groups: new Map(),
    keys: {},
    kept: [],
    made: [],
    taken: [],
    refused: [],
    notes: [],
  };
  const ids = new Map();
  for (const candidate of candidates) {
    const label = `"${clipped(candidate.name || candidate.slug || "(without a name)", kLongestName)}"`;
    const id = candidate.refused ? "" : uniqueId(idOf(candidate), ids);
    const refused = candidate.refused ?? (known.has(id) && `"${id}" is in config/services.json already`);
    if (refused) plan.refused.push(`${label}: ${refused}`);
    else take(plan, candidate, { id, label, shortest });
  }
  return { ...plan, groups: [...plan.groups.values()] };
}

function take(plan, candidate, { id, label, shortest }) {
  const { threshold, note } = thresholdOf(candidate, shortest);
  const service = {
    id,
    name: candidate.name,
    description: candidate.description,
    stalenessThreshold: threshold,
  };
  if (service.name) service.name = clipped(service.name, kLongestName);
  if (service.description) service.description = clipped(service.description, kLongestDescription);
  if (!candidate.enabled) service.enabled = false;
  plan.services.push(
    Object.fromEntries(Object.entries(service).filter(([, value]) => value !== undefined && value !== "")),
  );
  join(plan.groups, candidate.group, id);
  takeKey(plan, candidate, id);
  const state = candidate.enabled ? "" : ", not enabled";
  plan.taken.push(`${label} as ${id}: down after ${threshold ?? kUsual} s (${note})${state}`);
  plan.notes.push(...(candidate.notes ?? []).map((text) => `${label}: ${text}`));
}

function thresholdOf({ threshold, formula }, shortest) {
  if (threshold === undefined) {
    return { threshold: shortest > kUsual ? shortest : undefined, note: "it has no interval of its own" };
  }
  if (threshold < shortest)
    return { threshold: shortest, note: `${formula} is ${threshold}; no check comes sooner` };
  if (threshold > kLongestThreshold)
    return { threshold: kLongestThreshold, note: `${formula} is more than a year` };
  return { threshold, note: formula };
}

function join(groups, name, serviceId) {
  if (!name) return;
  const id = slugOf(name) || "group";
  if (!groups.has(id)) groups.set(id, { id, name: clipped(name, kLongestName), services: [] });
  groups.get(id).services.push(serviceId);
}

// A token goes on as the key, when it is long enough not to be guessed and can stand in a header.
function takeKey(plan, { token }, id) {
  const isKept = /^[\w.~+/=-]{16,200}$/.test(token ?? "");
  (isKept ? plan.kept : plan.made).push(id);
  plan.keys[id] = isKept ? token : newKey();
}

const idOf = ({ slug, name }) => slugOf(slug ?? "") || slugOf(name ?? "") || "service";

// Out of letters, digits and . _ : -, none of the latter at an end.
const slugOf = (text) =>
  text
    .normalize("NFKD")
    .replaceAll(/\p{M}+/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9._:-]+/g, "-")
    .slice(0, kLongestId)
    .replaceAll(/^[^a-z0-9]+|[^a-z0-9]+$/g, "");

// `taken` counts how often each id was wanted.
function uniqueId(id, taken) {
  let unique = id;
  while (taken.has(unique)) {
    const count = taken.get(id) + 1;
    taken.set(id, count);
    unique = `${id.slice(0, kLongestId - 1 - String(count).length)}-${count}`;
  }
  taken.set(unique, 1);
  return unique;
}

const clipped = (text, length) => [...text].slice(0, length).join("");

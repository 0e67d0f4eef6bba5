// The services as the last answer had them. Each has a signal of its own, so that what did not change is not
// drawn again.
import { batch, signal, type Signal } from "@preact/signals";
import type { Notice, PageData, Service, ServiceDetails, Settings, Status, StatusAnswer } from "./data.ts";
import { overallOf, type Counts, type Overall } from "./overall.ts";

export interface Change {
  service: Service;
  before: Status;
}

export const services = new Map<string, Signal<Service>>();
export const serviceIds = signal<string[]>([]); // in the configuration's order
export const statusRevision = signal(0); // grows when any status changed
export const counts = signal<Counts>({ total: 0, up: 0, degraded: 0, down: 0, unknown: 0 });
export const isReadable = signal(true);
export const checkedAt = signal<number | null>(null); // ms, of the last check; null before the first
export const notices = signal<Notice[]>([]);
export const failingChannels = signal<StatusAnswer["channels"]>([]);
export const lagMs = signal(0); // added to every threshold where there is only KV
export const details = signal<Record<string, ServiceDetails>>({});
export const settings = signal<Settings>(undefined as unknown as Settings); // set before anything is drawn

// Takes over an answer; tells which statuses changed.
export function setData(data: PageData): Change[] {
  return batch(() => {
    replace(settings, data.settings);
    replace(details, data.services);
    isReadable.value = data.status !== null;
    if (!data.status) return [];
    notices.value = data.status.notices;
    failingChannels.value = data.status.channels;
    lagMs.value = (data.status.kvLagSeconds ?? 0) * 1000;
    const summary = data.status.summary;
    checkedAt.value = summary ? Date.parse(summary.timestamp) : null;
    counts.value = {
      total: summary?.totalServices ?? 0,
      up: summary?.servicesUp ?? 0,
      degraded: summary?.servicesDegraded ?? 0,
      down: summary?.servicesDown ?? 0,
      unknown: summary?.servicesUnknown ?? 0,
    };
    return setServices(summary?.results ?? []);
  });
}

// An equal value is no change, which nothing has to be drawn again for.
function replace<T>(target: Signal<T>, value: T): void {
  if (JSON.stringify(target.peek()) !== JSON.stringify(value)) target.value = value;
}

function setServices(results: Service[]): Change[] {
  const changes: Change[] = [];
  let isOther = results.length !== services.size;
  for (const service of results) {
    const known = services.get(service.serviceId);
    const before = known?.peek();
    if (before && before.status !== service.status) changes.push({ service, before: before.status });
    if (!before || before.serviceName !== service.serviceName || before.groupId !== service.groupId)
      isOther = true;
    if (!known) services.set(service.serviceId, signal(service));
    else if (!isSame(before!, service)) known.value = service;
  }
  if (isOther) {
    const ids = new Set(results.map(({ serviceId }) => serviceId));
    for (const id of services.keys()) if (!ids.has(id)) services.delete(id);
    serviceIds.value = [...ids];
  }
  if (isOther || changes.length > 0) statusRevision.value += 1;
  return changes;
}

const shown = [
  "serviceName",
  "status",
  "since",
  "lastSeen",
  "stalenessThreshold",
  "groupName",
  "message",
] as const;

const isSame = (one: Service, other: Service): boolean => shown.every((name) => one[name] === other[name]);

const byUrgency: Status[] = ["down", "degraded", "unknown", "paused", "up"];
export const urgency = (status: Status): number => byUrgency.indexOf(status);

export const statusWord = (status: Status): string => status.charAt(0).toUpperCase() + status.slice(1);

export const isStatus = (text: string): text is Status => byUrgency.includes(text as Status);

// What to say of everything, and as which status.
export const overall = (): Overall =>
  overallOf({ isReadable: isReadable.value, isChecked: checkedAt.value !== null, counts: counts.value });

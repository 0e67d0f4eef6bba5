// The services as the last answer had them. Each has a signal of its own, so that what did not change is not
// drawn again.
import { batch, signal, type Signal } from "@preact/signals";
import { servicesIn, type Monitor, type Notice, type PageData, type Service } from "./data.ts";
import type { ServiceDetails, Settings, Status, Uptimes } from "./data.ts";
import type { Counts } from "./overall.ts";

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
export const failingChannels = signal<Monitor["channels"]>([]);
export const staleAfterMs = signal(0); // since the last check
export const lagMs = signal(0); // added to every threshold where there is only KV
export const details = signal<Record<string, ServiceDetails>>({});
export const settings = signal<Settings>(undefined as unknown as Settings); // set before anything is drawn

// Uptimes of everything, under "*", and of the groups by their ids; none where they are not shown.
export const uptimes = signal<Record<string, Uptimes>>({});

// Takes over an answer; tells which statuses changed.
export function setData(data: PageData): Change[] {
  return batch(() => {
    replace(settings, data.settings);
    isReadable.value = data.status !== null;
    if (!data.status) return [];
    notices.value = data.status.notices;
    failingChannels.value = data.status.channels;
    staleAfterMs.value = data.status.staleAfterSeconds * 1000;
    lagMs.value = (data.status.kvLagSeconds ?? 0) * 1000;
    checkedAt.value = data.status.checked === null ? null : Date.parse(data.status.checked);
    replace(
      details,
      Object.fromEntries(data.services.flatMap(([id, , , , , , , , more]) => (more ? [[id, more]] : []))),
    );
    replace(uptimes, uptimesIn(data));
    const results = servicesIn(data);
    counts.value = countsOf(results);
    return setServices(results);
  });
}

const uptimesIn = ({ groups, uptimes: all }: PageData): Record<string, Uptimes> =>
  all ? Object.fromEntries([["*", all], ...groups.map(([id, , each]) => [id, each])]) : {};

function countsOf(results: readonly Service[]): Counts {
  const sum = { total: results.length, up: 0, degraded: 0, down: 0, unknown: 0 };
  for (const { status } of results) sum[countedAs(status)] += 1;
  return sum;
}

// Paused services count as unknown.
export const countedAs = (status: Status): Exclude<Status, "paused"> =>
  status === "paused" ? "unknown" : status;

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
    else if (before && before.since !== service.since) isOther = true;
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

// The failing ones first, the down before the degraded, and of each what is new first; the rest as configured.
export function byUrgencyThenNewest(one: Service, other: Service): number {
  const difference = urgency(one.status) - urgency(other.status);
  return difference || (isFailing(one) ? (other.since ?? 0) - (one.since ?? 0) : 0);
}

export const isFailing = ({ status }: Service): boolean => status === "down" || status === "degraded";

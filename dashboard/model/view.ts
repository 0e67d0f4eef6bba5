// What the overview shows of the services: searched, filtered, sorted and grouped as the URL says.
import { computed, effect, signal } from "@preact/signals";
import { serverNow } from "./clock.ts";
import type { Service } from "./data.ts";
import { daysOf, uptime } from "./history.ts";
import { ownParam, param } from "./route.ts";
import {
  byUrgencyThenNewest,
  countedAs,
  details,
  isFailing,
  serviceIds,
  services,
  settings,
  statusRevision,
  urgency,
} from "./services.ts";
import { isTexts, readJson, writeJson } from "./storage.ts";
import { endOfLastVisit } from "./visit.ts";

export interface Group {
  id: string; // empty: services of no group
  name: string;
  ids: string[]; // those that are shown
  up: number;
  total: number;
}

const kNarrow = "(max-width: 47.99rem)";
const narrow = matchMedia(kNarrow);
export const isNarrow = signal(narrow.matches);
narrow.addEventListener("change", () => (isNarrow.value = narrow.matches));

// How many days the bars and percentages are over.
export const ranges = (): number[] =>
  [...new Set([7, 30, 90, settings.value.retentionDays])].filter(
    (days) => days <= settings.value.retentionDays,
  );

function chosenDays(text: string): number {
  const chosen = Number(text);
  if (Number.isInteger(chosen) && chosen > 0 && chosen <= settings.value.retentionDays) return chosen;
  return Math.min(isNarrow.value ? 30 : 90, settings.value.retentionDays);
}

export const shownDays = computed(() => chosenDays(param("days"))); // in the overview
export const ownDays = computed(() => chosenDays(ownParam("days"))); // in the view that is open

export const search = computed(() => param("q"));

export const statusFilters = {
  failing: "Down or degraded",
  down: "Down",
  degraded: "Degraded",
  unknown: "Unknown",
  up: "Up",
} as const;
type StatusFilter = keyof typeof statusFilters | "";
export const statusFilter = computed<StatusFilter>(() => known(statusFilters, param("status")));

export const changeFilters = {
  visit: "Changed since my last visit",
  tonight: "Changed since 18:00",
  day: "Changed in 24 hours",
} as const;
type ChangeFilter = keyof typeof changeFilters | "";
export const changeFilter = computed<ChangeFilter>(() => known(changeFilters, param("changed")));

const known = <T extends object>(choices: T, text: string): (keyof T & string) | "" =>
  Object.hasOwn(choices, text) ? (text as keyof T & string) : "";

// From when on a change counts; 0: always.
export function changedFrom(filter: ChangeFilter): number {
  if (filter === "visit") return endOfLastVisit();
  if (filter === "tonight") return lastEvening(serverNow());
  return filter === "day" ? serverNow() - 86_400_000 : 0;
}

// The last time that it was 18:00 where the reader is.
function lastEvening(now: number): number {
  const evening = new Date(now);
  evening.setHours(18, 0, 0, 0);
  if (evening.getTime() > now) evening.setDate(evening.getDate() - 1);
  return evening.getTime();
}

export const groupFilter = computed(() => param("group"));
export const isFlat = computed(() => param("list") === "flat");
export const sorts = {
  urgency: "Failing first",
  name: "Name",
  seen: "Last heartbeat",
  uptime: "Uptime",
} as const;
export type Sort = keyof typeof sorts;
export const sort = computed<Sort>(() => (param("sort") in sorts ? (param("sort") as Sort) : "urgency"));

const peek = (id: string): Service => services.get(id)!.peek();

// Every group with services, in the configuration's order, those without a group last.
export const allGroups = computed<Group[]>(() => {
  void statusRevision.value;
  const groups = new Map<string, Group>();
  for (const id of serviceIds.value) {
    const { groupId, groupName, status } = peek(id);
    const group = groups.get(groupId) ?? { id: groupId, name: groupName, ids: [], up: 0, total: 0 };
    groups.set(groupId, group);
    group.ids.push(id);
    group.total += 1;
    if (status === "up") group.up += 1;
  }
  return [...groups.values()].sort((one, other) => Number(one.id === "") - Number(other.id === ""));
});

const haystack = (service: Service): string =>
  `${service.serviceName}\n${service.serviceId}\n${service.groupName}\n${details.value[service.serviceId]?.description ?? ""}`.toLowerCase();

// Takes milliseconds, of thousands; better before the first letter than with it.
export const prepareSearch = (): void => void haystacks.value;

const haystacks = computed(() => new Map(serviceIds.value.map((id) => [id, haystack(peek(id))])));

// What the filters leave of the services, whatever is searched.
const isShown = computed(() => {
  const status = statusFilter.value;
  const from = changedFrom(changeFilter.value);
  const group = groupFilter.value;
  return (service: Service): boolean => {
    if (status === "failing" ? !isFailing(service) : status && countedAs(service.status) !== status)
      return false;
    if (from > 0 && (service.since ?? 0) < from) return false;
    return !group || group === (service.groupId || service.groupName);
  };
});

let collator: Intl.Collator | undefined; // it takes milliseconds to make

const byName = (one: Service, other: Service): number =>
  (collator ??= new Intl.Collator(undefined, { numeric: true, sensitivity: "base" })).compare(
    one.serviceName,
    other.serviceName,
  );

const compares: Record<Sort, (one: Service, other: Service) => number> = {
  urgency: byUrgencyThenNewest,
  name: byName,
  seen: (one, other) => (one.lastSeen ?? 0) - (other.lastSeen ?? 0),
  uptime: (one, other) => shownUptime(one.serviceId) - shownUptime(other.serviceId),
};

const shownUptime = (id: string): number => uptime(daysOf(id, shownDays.value)) ?? 101;

// All of them in their order, so that a letter more of a search only leaves some out.
const sorted = computed<Service[]>(() => {
  void statusRevision.value;
  return serviceIds.value.map(peek).sort(compares[sort.value]);
});

const found = computed<Service[]>(() => {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const [texts, isIn] = [haystacks.value, isShown.value];
  return sorted.value.filter(
    (service) => isIn(service) && words.every((word) => texts.get(service.serviceId)!.includes(word)),
  );
});

export const shownGroups = computed<Group[]>(() => {
  if (isFlat.value) return flat(found.value.map(({ serviceId }) => serviceId));
  const ids = new Map<string, string[]>();
  for (const { groupId, serviceId } of found.value) {
    const others = ids.get(groupId);
    others ? others.push(serviceId) : ids.set(groupId, [serviceId]);
  }
  return allGroups.value
    .filter(({ id }) => ids.has(id))
    .map((group) => ({ ...group, ids: ids.get(group.id)! }))
    .sort((one, other) => (sort.value === "urgency" ? worstUrgency(one) - worstUrgency(other) : 0));
});

const kFlat = "*"; // no group has this id

function flat(ids: string[]): Group[] {
  if (ids.length === 0) return [];
  const [up, total] = allGroups.value.reduce(
    ([up, total], group) => [up + group.up, total + group.total],
    [0, 0],
  );
  return [{ id: kFlat, name: "All services", ids, up, total }];
}

// Groups with something down, then those with something degraded, then the others; the worst service stands first.
const worstUrgency = ({ ids }: Group): number => Math.min(urgency(peek(ids[0]!).status), urgency("unknown"));

export const isFiltered = computed(() =>
  Boolean(search.value || statusFilter.value || groupFilter.value || changeFilter.value),
);
// Which list that is: equal while it changes only with the services.
export const listed = computed(() =>
  JSON.stringify([search, statusFilter, groupFilter, changeFilter, sort, isFlat].map(({ value }) => value)),
);
export const noFilters = { q: "", status: "", group: "", changed: "" };
export const shownCount = computed(() => found.value.length);

const collapsed = signal(new Set(readJson("collapsed", isTexts) ?? []));
effect(() => writeJson("collapsed", [...collapsed.value]));

// A search opens what it finds.
export const isCollapsed = (id: string): boolean => collapsed.value.has(id) && !isFiltered.value;

export function toggleGroup(id: string): void {
  const next = new Set(collapsed.value);
  if (!next.delete(id)) next.add(id);
  collapsed.value = next;
}

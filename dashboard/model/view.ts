// What the overview shows of the services: searched, filtered, sorted and grouped as the URL says.
import { computed, effect, signal } from "@preact/signals";
import type { Service, Status } from "./data.ts";
import { daysOf, uptime } from "./history.ts";
import { param } from "./route.ts";
import { details, isStatus, serviceIds, services, settings, statusRevision, urgency } from "./services.ts";
import { isTexts, readJson, writeJson } from "./storage.ts";

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

export const shownDays = computed(() => {
  const chosen = Number(param("days"));
  if (Number.isInteger(chosen) && chosen > 0 && chosen <= settings.value.retentionDays) return chosen;
  return Math.min(isNarrow.value ? 30 : 90, settings.value.retentionDays);
});

export const search = computed(() => param("q"));
export const statusFilter = computed<Status | "">(() =>
  isStatus(param("status")) ? (param("status") as Status) : "",
);
export const groupFilter = computed(() => param("group"));
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
    const key = groupId ?? "";
    const group = groups.get(key) ?? { id: key, name: groupName, ids: [], up: 0, total: 0 };
    groups.set(key, group);
    group.ids.push(id);
    group.total += 1;
    if (status === "up") group.up += 1;
  }
  return [...groups.values()].sort((one, other) => Number(one.id === "") - Number(other.id === ""));
});

const haystack = (service: Service): string =>
  `${service.serviceName}\n${service.serviceId}\n${service.groupName}\n${details.value[service.serviceId]?.description ?? ""}`.toLowerCase();

const haystacks = computed(() => new Map(serviceIds.value.map((id) => [id, haystack(peek(id))])));

const unknownAlike = (status: Status): Status => (status === "paused" ? "unknown" : status); // as the counts have it

function isShown(id: string, words: readonly string[]): boolean {
  if (statusFilter.value && unknownAlike(peek(id).status) !== statusFilter.value) return false;
  return words.every((word) => haystacks.value.get(id)!.includes(word));
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

const compares: Record<Sort, (one: string, other: string) => number> = {
  urgency: (one, other) => urgency(peek(one).status) - urgency(peek(other).status),
  name: (one, other) => collator.compare(peek(one).serviceName, peek(other).serviceName),
  seen: (one, other) => (peek(one).lastSeen ?? "").localeCompare(peek(other).lastSeen ?? ""),
  uptime: (one, other) => shownUptime(one) - shownUptime(other),
};

const shownUptime = (id: string): number => uptime(daysOf(id, shownDays.value)) ?? 101;

export const shownGroups = computed<Group[]>(() => {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  return allGroups.value
    .filter(({ id, name }) => !groupFilter.value || groupFilter.value === (id || name))
    .map((group) => ({
      ...group,
      ids: group.ids.filter((id) => isShown(id, words)).sort(compares[sort.value]),
    }))
    .filter(({ ids }) => ids.length > 0)
    .sort((one, other) => (sort.value === "urgency" ? worstUrgency(one) - worstUrgency(other) : 0));
});

// Groups with something down, then those with something degraded, then the others; the worst service stands first.
const worstUrgency = ({ ids }: Group): number => Math.min(urgency(peek(ids[0]!).status), urgency("unknown"));

export const isFiltered = computed(() => Boolean(search.value || statusFilter.value || groupFilter.value));
export const shownCount = computed(() => shownGroups.value.reduce((sum, { ids }) => sum + ids.length, 0));

const collapsed = signal(new Set(readJson("collapsed", isTexts) ?? []));
effect(() => writeJson("collapsed", [...collapsed.value]));

// A search opens what it finds.
export const isCollapsed = (id: string): boolean => collapsed.value.has(id) && !isFiltered.value;

export function toggleGroup(id: string): void {
  const next = new Set(collapsed.value);
  if (!next.delete(id)) next.add(id);
  collapsed.value = next;
}

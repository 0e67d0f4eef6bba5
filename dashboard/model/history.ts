// The packed daily history: a cell of 8 characters for a day, four counters of two base64 digits each
// (src/documents/history.hpp), and what is computed of it. What the page does not have yet is fetched when it is seen.
import { signal, type Signal } from "@preact/signals";
import { getJson } from "./api.ts";
import { kDay, serverNow, utcDay } from "./clock.ts";
import type { PackedHistory, Threshold } from "./data.ts";
import { details, services, settings } from "./services.ts";

export interface Day {
  date: string;
  up: number;
  degraded: number;
  down: number;
  unknown: number;
}

interface Cells {
  lastDay: string;
  cells: string;
}

const kCell = 8;
const kMostIds = 100; // of one request
const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const values = new Int16Array(128).fill(0);
[...digits].forEach((digit, value) => (values[digit.charCodeAt(0)] = value));

const counter = (cells: string, at: number): number =>
  values[cells.charCodeAt(at) & 127]! * 64 + values[cells.charCodeAt(at + 1) & 127]!;

const empty: Cells = { lastDay: "1970-01-01", cells: "" };
const histories = new Map<string, Signal<Cells | undefined>>(); // undefined: not fetched yet
export const areHistoriesFailing = signal(false);
let isAllEmbedded = false;

const historyOf = (id: string): Signal<Cells | undefined> => {
  const known = histories.get(id);
  if (known) return known;
  const made = signal<Cells | undefined>(undefined);
  histories.set(id, made);
  return made;
};

// Takes over what an answer of the page has: all days, or only the last one.
export function setEmbedded(history: PackedHistory | null): void {
  if (!history) return;
  isAllEmbedded = history.days !== 1 || settings.value.retentionDays === 1;
  for (const [id, cells] of Object.entries(history.cells)) {
    if (!isAllEmbedded && !histories.has(id)) continue; // nobody has asked for its other days
    const mine = historyOf(id);
    const before = mine.peek();
    const next = isAllEmbedded
      ? { lastDay: history.lastDay, cells }
      : withLastDay(before, history.lastDay, cells);
    if (next && (next.cells !== before?.cells || next.lastDay !== before.lastDay)) mine.value = next;
  }
}

// Whether the uptime of every service is known, so that they can be sorted by it.
export const areAllKnown = (): boolean => isAllEmbedded;

// The known days with one more, or with the last one set; what was never fetched stays so.
function withLastDay(before: Cells | undefined, lastDay: string, cell: string): Cells | undefined {
  if (!before || cell.length !== kCell) return before;
  const elapsed = Math.round((Date.parse(lastDay) - Date.parse(before.lastDay)) / kDay);
  if (elapsed < 0) return before;
  const kept =
    elapsed === 0 ? before.cells.slice(0, -kCell) : before.cells + "A".repeat((elapsed - 1) * kCell);
  return { lastDay, cells: kept + cell };
}

export const isHistoryKnown = (id: string): boolean => historyOf(id).value !== undefined;

// The dates before today, of which every row needs the same.
let [knownToday, knownDates] = [0, [] as string[]];

function dateBefore(today: number, days: number): string {
  if (today !== knownToday) [knownToday, knownDates] = [today, []];
  return (knownDates[days] ??= utcDay(today - days * kDay));
}

// The last `days` days up to today, oldest first; a day without a cell is all zeros.
export function daysOf(id: string, days: number): Day[] {
  const { lastDay, cells } = historyOf(id).value ?? empty;
  const today = Math.floor(serverNow() / kDay) * kDay;
  const behind = Math.round((today - Date.parse(lastDay)) / kDay);
  const stored = Math.floor(cells.length / kCell);
  return Array.from({ length: days }, (_, i) => {
    const ago = days - 1 - i;
    const at = (stored - 1 - ago + behind) * kCell;
    const date = dateBefore(today, ago);
    if (at < 0 || at + kCell > cells.length) return { date, up: 0, degraded: 0, down: 0, unknown: 0 };
    return {
      date,
      up: counter(cells, at),
      degraded: counter(cells, at + 2),
      down: counter(cells, at + 4),
      unknown: counter(cells, at + 6),
    };
  });
}

// (up + degraded / 2) / known, in per cent; null when nothing is known.
export function uptime(days: readonly Day[]): number | null {
  let [good, known] = [0, 0];
  for (const { up, degraded, down } of days) {
    good += up + degraded / 2;
    known += up + degraded + down;
  }
  return known === 0 ? null : (good / known) * 100;
}

const plain: Threshold[] = [{ min: 0, color: "var(--no-data)", label: "" }];

// A set that is not there is replaced by the default one.
export function thresholdsOf(id: string): Threshold[] {
  const sets = settings.value.uptimeThresholds;
  const set = sets[details.value[id]?.uptimeThresholdSet ?? "default"] ?? sets.default;
  return set?.length ? set : plain;
}

// The position of the threshold that a percentage falls under, from 0, the best.
export function rank(thresholds: readonly Threshold[], value: number): number {
  const found = thresholds.findIndex(({ min }) => min <= value);
  return found < 0 ? thresholds.length - 1 : found;
}

const wanted = new Set<string>();
let isFetching = false;

// Fetches, a hundred at a time, the histories of services that are to be seen.
export function wantHistory(ids: readonly string[]): void {
  if (!settings.value.api.enableUptimeEndpoint) return;
  for (const id of ids) {
    if (services.has(id) && historyOf(id).peek() === undefined) wanted.add(id);
  }
  if (!isFetching) void fetchWanted();
}

async function fetchWanted(): Promise<void> {
  isFetching = true;
  while (wanted.size > 0) {
    const ids = [...wanted].slice(-kMostIds); // what was scrolled to last
    for (const id of ids) wanted.delete(id);
    try {
      const answer = await getJson<PackedHistory>(
        `/api/history?ids=${ids.map(encodeURIComponent).join(",")}`,
      );
      areHistoriesFailing.value = false;
      for (const id of ids) {
        historyOf(id).value = { lastDay: answer.lastDay, cells: answer.cells[id] ?? "" };
      }
    } catch {
      areHistoriesFailing.value = true;
      wanted.clear();
    }
  }
  isFetching = false;
}

// The export: as many calls of /api/export.csv as its limit of rows takes, put together.
import { ask } from "./api.ts";
import { kDay, utcDay } from "./clock.ts";

const kMostRows = 20_000; // of one answer
const kMostIds = 100; // of one address

export interface Range {
  from: string; // UTC days, both inclusive
  to: string;
}

export const daysIn = ({ from, to }: Range): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / kDay) + 1;

export const lastDays = (days: number, now: number): Range => ({
  from: utcDay(now - (days - 1) * kDay),
  to: utcDay(now),
});

// `ids` undefined stands for all, which are `count`.
export function exportPaths(range: Range, ids: readonly string[] | undefined, count: number): string[] {
  const lists = ids ? chunks(ids, kMostIds) : [[]];
  return lists.flatMap((list) => {
    const services = ids ? list.length : Math.max(1, count);
    return parts(range, Math.max(1, Math.floor(kMostRows / services))).map(({ from, to }) => {
      const query = new URLSearchParams({ from, to });
      for (const id of list) query.append("serviceId", id);
      return `/api/export.csv?${query}`;
    });
  });
}

function chunks<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, i) =>
    list.slice(i * size, (i + 1) * size),
  );
}

function parts({ from, to }: Range, days: number): Range[] {
  const out = [];
  for (let start = Date.parse(from); start <= Date.parse(to); start += days * kDay) {
    const end = Math.min(start + (days - 1) * kDay, Date.parse(to));
    out.push({ from: utcDay(start), to: utcDay(end) });
  }
  return out;
}

// One table; only the first answer's head stays. `onRows` hears how many rows have come so far.
export async function fetchTable(
  paths: readonly string[],
  onRows: (rows: number) => void,
  signal: AbortSignal,
): Promise<Blob> {
  const texts: string[] = [];
  let rows = 0;
  for (const path of paths) {
    const text = await textOf(await ask(path, signal), (more) => onRows((rows += more)));
    texts.push(texts.length === 0 ? text : text.slice(text.indexOf("\n") + 1));
  }
  return new Blob(texts, { type: "text/csv;charset=utf-8" });
}

async function textOf(response: Response, onLines: (lines: number) => void): Promise<string> {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let [text, isHead] = ["", 1];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text;
    text += value;
    const lines = value.split("\n").length - 1;
    onLines(Math.max(0, lines - isHead));
    if (lines > 0) isHead = 0;
  }
}

export function save(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

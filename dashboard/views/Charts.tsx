// The charts of a service: its uptime by day, how long its jobs took, the gaps between its heartbeats.
import { day as dayText, number, percent, span } from "../model/format.ts";
import { daysOf, isHistoryKnown, rank, thresholdsOf, uptime } from "../model/history.ts";
import type { Threshold } from "../model/data.ts";
import { utcDay } from "../model/clock.ts";
import { Chart, type Point } from "./Chart.tsx";
import type { LogEntry } from "./Log.tsx";

// The worst day is the tallest bar. `max` is for charts that are compared.
export function DailyChart({ id, days: length, max = 0 }: { id: string; days: number; max?: number }) {
  if (!isHistoryKnown(id)) return <div class="chart later" />;
  const days = daysOf(id, length);
  const thresholds = thresholdsOf(id);
  const points = days.map((day): Point => {
    const value = uptime([day]);
    if (value === null) return { at: Date.parse(day.date), value };
    return { at: Date.parse(day.date), value: 100 - value, color: gradeFill(thresholds, value) };
  });
  const known = points.filter(({ value }) => value !== null);
  if (known.length === 0) return <p class="faint">Nothing is known of any day yet.</p>;
  const worst = known.reduce((one, other) => (other.value! > one.value! ? other : one));
  return (
    <Chart
      title="Downtime by day"
      summary={
        worst.value === 0
          ? "None on any known day."
          : `Most: ${percent(worst.value!)} on ${dayText(utcDay(worst.at))}; degraded counts half.`
      }
      points={points}
      format={(value) => `${Number(value.toFixed(2))} %`}
      tell={({ value }) => `${percent(100 - value!)} up`}
      max={Math.max(max, 1)}
      isDaily
    />
  );
}

export const mostDowntime = (id: string, days: number): number =>
  Math.max(0, ...daysOf(id, days).map((day) => 100 - (uptime([day]) ?? 100)));

// The good days step back behind the others.
function gradeFill(thresholds: readonly Threshold[], value: number): string {
  const grade = rank(thresholds, value);
  const { color } = thresholds[grade]!;
  return grade === 0 ? `color-mix(in srgb, ${color} 40%, transparent)` : color;
}

const oldestFirst = (entries: readonly LogEntry[]): LogEntry[] => entries.toReversed();

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

const units = [
  ["h", 3_600_000],
  ["min", 60_000],
  ["s", 1_000],
  ["ms", 1],
] as const;

// Values in the largest unit that the largest of them has some of, so that the axis has round numbers.
function inUnits(
  values: readonly number[],
  largest: number,
): { values: number[]; length: number; format: (value: number) => string } {
  const [unit, length] = units.find(([, each]) => largest >= 2 * each) ?? units.at(-1)!;
  return {
    values: values.map((value) => value / length),
    length,
    format: (value) => `${number(Number(value.toFixed(2)))} ${unit}`,
  };
}

export function DurationChart({ entries }: { entries: LogEntry[] }) {
  const timed = oldestFirst(entries.filter(({ durationMs }) => durationMs !== null));
  if (timed.length < 2) return null;
  const took = timed.map(({ durationMs }) => durationMs!);
  const { values, format } = inUnits(took, Math.max(...took));
  return (
    <section class="panel">
      <Chart
        title="Durations"
        summary={`Median ${format(median(values))}, longest ${format(Math.max(...values))}.`}
        points={timed.map(({ timestamp }, i) => ({ at: Date.parse(timestamp), value: values[i]! }))}
        format={format}
      />
    </section>
  );
}

export function GapChart({ entries, thresholdMs }: { entries: LogEntry[]; thresholdMs: number }) {
  const times = oldestFirst(entries).map(({ timestamp }) => Date.parse(timestamp));
  const gaps = times.slice(1).map((time, i) => time - times[i]!);
  if (gaps.length === 0) return null;
  const { values, format, length } = inUnits(gaps, Math.max(thresholdMs, ...gaps));
  return (
    <section class="panel">
      <Chart
        title="Gaps between heartbeats"
        summary={`Median ${span(median(gaps))}, longest ${span(Math.max(...gaps))}; down after ${span(thresholdMs)}.`}
        points={times.slice(1).map((at, i) => ({ at, value: values[i]! }))}
        format={format}
        line={{ at: thresholdMs / length, label: "threshold" }}
      />
    </section>
  );
}

// The charts of a service: its uptime by day, how long its jobs took, the gaps between its heartbeats.
import { day as dayText, percent, span } from "../model/format.ts";
import { daysOf, isHistoryKnown, rank, thresholdsOf, uptime } from "../model/history.ts";
import type { Threshold } from "../model/data.ts";
import { settings } from "../model/services.ts";
import { Chart, color } from "./Chart.tsx";
import type { LogEntry } from "./Log.tsx";

export function DailyChart({ id }: { id: string }) {
  if (!isHistoryKnown(id)) return <div class="chart later" />;
  const days = daysOf(id, settings.value.retentionDays);
  const thresholds = thresholdsOf(id);
  const values = days.map((day) => uptime([day]));
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return <p class="faint">Nothing is known of any day yet.</p>;
  const lowest = Math.min(...known);
  const worstDay = days[values.indexOf(lowest)]!;
  const fills = values.map((value) => (value === null ? "transparent" : gradeFill(thresholds, value)));
  return (
    <Chart
      title="Uptime by day"
      summary={
        lowest >= 100
          ? "Every known day was at 100 %."
          : `Lowest: ${percent(lowest)} on ${dayText(worstDay.date)}.`
      }
      data={[days.map(({ date }) => Date.parse(date)), values]}
      range={[Math.max(0, Math.min(99, Math.floor(lowest) - 1)), 100]}
      format={(value) => `${Number(value.toFixed(2))} %`}
      isDaily
      series={(uplot) => ({
        width: 0,
        fill: color("--up"),
        paths: uplot.paths.bars!({
          size: [0.75, 20],
          gap: 1,
          disp: { fill: { unit: 3, values: () => fills } },
        }),
        points: { show: false },
      })}
    />
  );
}

// The good days step back behind the others.
function gradeFill(thresholds: readonly Threshold[], value: number): string {
  const grade = rank(thresholds, value);
  const { color: full } = thresholds[grade]!;
  return grade === 0 ? `color-mix(in srgb, ${full} 40%, transparent)` : full;
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
    format: (value) => `${Number(value.toFixed(2))} ${unit}`,
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
        data={[timed.map(({ timestamp }) => Date.parse(timestamp)), values]}
        format={format}
        series={() => ({
          stroke: color("--primary"),
          width: 1.5,
          points: { show: timed.length < 80, size: 4 },
        })}
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
        data={[times.slice(1), values]}
        format={format}
        line={{ at: thresholdMs / length, label: "threshold" }}
        series={() => ({
          stroke: color("--primary"),
          fill: color("--primary-soft"),
          width: 1.5,
          points: { show: false },
        })}
      />
    </section>
  );
}

// The charts of a service. uPlot, which draws them, is fetched when the first one is to be seen. A chart is a picture to
// those who do not see it: its sentence says what it shows.
import { useEffect, useRef } from "preact/hooks";
import { signal, useSignalEffect } from "@preact/signals";
import type uPlot from "uplot";
import type { AlignedData, Options } from "uplot";
import { kDay, utcDay } from "../model/clock.ts";
import { day as dayText, percent, span, when } from "../model/format.ts";
import { daysOf, isHistoryKnown, rank, thresholdsOf, uptime } from "../model/history.ts";
import type { Threshold } from "../model/data.ts";
import { settings } from "../model/services.ts";
import type { LogEntry } from "./ServiceView.tsx";
import { hideTip, showTip } from "./Tip.tsx";

const kHeight = 170; // px
const kMs = 1; // the unit of time

type Uplot = typeof uPlot;
const library = signal<Uplot | null>(null);
const isMissing = signal(false);

// Counts how often colours changed, so that charts are drawn with the new ones.
const appearance = signal(0);
const changed = () => (appearance.value += 1);
new MutationObserver(changed).observe(document.documentElement, { attributeFilter: ["data-theme"] });
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed);

function load(): void {
  if (library.value) return;
  import("uplot").then(
    (module) => (library.value = module.default),
    () => (isMissing.value = true),
  );
}

const color = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();

interface Drawn {
  data: AlignedData;
  series: (uplot: Uplot) => Options["series"][number];
  format: (value: number) => string;
  range?: [number, number];
  isDaily?: boolean;
  line?: { at: number; label: string };
}

interface ChartProperties extends Drawn {
  title: string;
  summary: string;
}

function Chart({ title, summary, ...drawn }: ChartProperties) {
  const box = useRef<HTMLDivElement>(null);
  const wanted = useRef(signal(drawn)).current;
  wanted.value = drawn;
  useEffect(load, []);
  useSignalEffect(() => {
    void appearance.value;
    if (!library.value || !box.current) return;
    return draw(library.value, box.current, wanted.value);
  });
  return (
    <figure class="chart">
      <figcaption>
        <b>{title}</b>{" "}
        <span class="faint">
          {isMissing.value ? "The charts could not be loaded. " : ""}
          {summary}
        </span>
      </figcaption>
      <div class="canvas" ref={box} role="img" aria-label={`${title}. ${summary}`} />
    </figure>
  );
}

const kAxis = { width: 1 };

// Returns how to take it away again.
function draw(uplot: Uplot, box: HTMLElement, drawn: Drawn): () => void {
  const { data, series, format, range, isDaily, line } = drawn;
  const [text, grid] = [color("--muted"), { ...kAxis, stroke: color("--border") }];
  const axis = { stroke: text, grid, ticks: grid, font: "11px system-ui, sans-serif" };
  const options: Options = {
    width: box.clientWidth,
    height: kHeight,
    ms: kMs,
    ...(isDaily && { tzDate: (time: number) => uplot.tzDate(new Date(time), "Etc/UTC") }),
    scales: { y: { range: range ?? ((_, __, max) => [0, Math.max(max, line?.at ?? 0) * 1.1 || 1]) } },
    axes: [
      {
        ...axis,
        space: 72,
        size: isDaily ? 30 : 44,
        values: (_, times, __, ___, step) => times.map((time, i) => axisTime(time, step, i, isDaily)),
      },
      { ...axis, size: 60, values: (_, values) => values.map(format) },
    ],
    series: [{}, series(uplot)],
    legend: { show: false },
    cursor: { y: false, drag: { x: true, y: false }, points: { show: !isDaily } },
    hooks: {
      setCursor: [(chart) => tellAt(chart, drawn)],
      ...(line && { draw: [(chart) => drawLine(chart, line)] }),
    },
  };
  const chart = new uplot(options, data, box);
  const observer = new ResizeObserver(() => chart.setSize({ width: box.clientWidth, height: kHeight }));
  observer.observe(box);
  return () => {
    observer.disconnect();
    chart.destroy();
  };
}

const shortDay = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const shortUtcDay = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", timeZone: "UTC" });
const shortTime = new Intl.DateTimeFormat(undefined, {
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

function axisTime(time: number, step: number, position: number, isDaily?: boolean): string {
  if (isDaily) return shortUtcDay.format(time);
  const isMidnight = new Date(time).getHours() === 0 && new Date(time).getMinutes() === 0;
  return step >= kDay || isMidnight || position === 0
    ? `${shortDay.format(time)}\n${shortTime.format(time)}`
    : shortTime.format(time);
}

// Says what is under the pointer.
function tellAt(chart: uPlot, { data, format, isDaily }: Drawn): void {
  const { idx, left } = chart.cursor;
  const [time, value] = [data[0]?.[idx ?? -1], data[1]?.[idx ?? -1]];
  if (idx == null || left == null || left < 0 || time == null) return hideTip();
  const { left: start, top, bottom } = chart.over.getBoundingClientRect();
  const moment = isDaily ? dayText(utcDay(time)) : when(time, 0);
  const content = (
    <p class="tip-head">
      <b>{value == null ? "no data" : format(value)}</b>
      <span>{moment}</span>
    </p>
  );
  showTip({ x: start + chart.valToPos(time, "x"), top: top + 24, bottom, owner: "chart", content });
}

function drawLine(chart: uPlot, { at, label }: { at: number; label: string }): void {
  const { ctx, bbox } = chart;
  const y = chart.valToPos(at, "y", true);
  if (y < bbox.top || y > bbox.top + bbox.height) return;
  ctx.save();
  ctx.strokeStyle = ctx.fillStyle = color("--down");
  ctx.setLineDash([5, 4]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.textAlign = "right";
  ctx.fillText(label, bbox.left + bbox.width - 4, y - 8);
  ctx.restore();
}

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

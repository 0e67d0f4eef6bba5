// A chart. uPlot, which draws it, is fetched when the first one is to be seen. A chart is a picture to
// those who do not see it: its sentence says what it shows.
import { useEffect, useRef } from "preact/hooks";
import { signal, useSignalEffect } from "@preact/signals";
import type uPlot from "uplot";
import type { AlignedData, Options } from "uplot";
import { kDay, utcDay } from "../model/clock.ts";
import { day as dayText, when } from "../model/format.ts";
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

export const color = (name: string): string =>
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

export function Chart({ title, summary, ...drawn }: ChartProperties) {
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

// A chart: a drawing that takes the colours and the width of wherever it stands, paper included, with its words beside it
// as text. It is a picture to those who do not see it: its sentence says what it shows.
import type { TargetedPointerEvent } from "preact";
import { kDay, utcDay } from "../model/clock.ts";
import { day as dayText, shortDay, when } from "../model/format.ts";
import { hideTip, showTip } from "./Tip.tsx";

const kWidth = 1000; // of the drawing, which is stretched
const kHeight = 100;
const kLines = 3; // of the grid
const kTimes = 5; // on the axis

export interface Point {
  at: number; // ms after 1970
  value: number | null;
  color?: string; // of a bar
}

interface ChartProperties {
  title: string;
  summary: string;
  points: Point[]; // oldest first
  format: (value: number) => string;
  tell?: (point: Point) => string;
  isDaily?: boolean; // bars, one for each UTC day
  max?: number; // at least so high
  line?: { at: number; label: string };
}

export function Chart({ title, summary, points, format, tell, isDaily, max = 0, line }: ChartProperties) {
  const values = points.map(({ value }) => value ?? 0);
  const top = roundTop(Math.max(max, line?.at ?? 0, ...values) || 1);
  const [start, end] = domain(points, isDaily);
  const x = (at: number): number => ((at - start) / (end - start || 1)) * kWidth;
  const y = (value: number): number => kHeight * (1 - value / top);

  const point = (event: TargetedPointerEvent<HTMLDivElement>) => {
    const { left, width, top: over, bottom } = event.currentTarget.getBoundingClientRect();
    const pointed = start + ((event.clientX - left) / width) * (end - start);
    const nearest = points.reduce((one, other) => (off(other, pointed) < off(one, pointed) ? other : one));
    showTip({
      x: left + ((x(nearest.at) + (isDaily ? x(start + kDay) / 2 : 0)) / kWidth) * width,
      top: over,
      bottom,
      owner: title,
      content: (
        <p class="tip-head">
          <b>{nearest.value === null ? "no data" : (tell?.(nearest) ?? format(nearest.value))}</b>
          <span>{isDaily ? dayText(utcDay(nearest.at)) : when(nearest.at, 0)}</span>
        </p>
      ),
    });
  };
  const off = ({ at }: Point, pointed: number): number => Math.abs(at + (isDaily ? kDay / 2 : 0) - pointed);
  return (
    <figure class="chart">
      <figcaption>
        <b>{title}</b> <span class="faint">{summary}</span>
      </figcaption>
      <div class="plot" role="img" aria-label={`${title}. ${summary}`}>
        <div class="scale">
          {grid(top).map((value) => (
            <span key={value}>{format(value)}</span>
          ))}
        </div>
        <div class="canvas" onPointerMove={point} onPointerDown={point} onPointerLeave={hideTip}>
          <svg viewBox={`0 0 ${kWidth} ${kHeight}`} preserveAspectRatio="none" aria-hidden="true">
            {grid(top).map((value) => (
              <path key={value} class="grid" d={`M0 ${y(value)}H${kWidth}`} />
            ))}
            {isDaily ? (
              <DayBars points={points} x={x} y={y} />
            ) : (
              <path class="curve" d={curve(points, x, y)} />
            )}
            {line && <path class="limit" d={`M0 ${y(line.at)}H${kWidth}`} />}
          </svg>
          {line && (
            <span class="limit" style={{ bottom: `${(line.at / top) * 100}%` }}>
              {line.label}
            </span>
          )}
        </div>
        <div class="times">
          {timesOf(start, points.at(-1)!.at).map((at) => (
            <span key={at}>{isDaily ? shortDay(at) : when(at, end)}</span>
          ))}
        </div>
      </div>
    </figure>
  );
}

const domain = (points: readonly Point[], isDaily?: boolean): [number, number] => [
  points[0]!.at,
  points.at(-1)!.at + (isDaily ? kDay : 0),
];

const grid = (top: number): number[] =>
  Array.from({ length: kLines }, (_, i) => top * (1 - i / (kLines - 1)));

const timesOf = (start: number, end: number): number[] =>
  Array.from({ length: kTimes }, (_, i) => start + ((end - start) * i) / (kTimes - 1));

// The next number that begins with 1, 2 or 5, so that half of it is round as well.
function roundTop(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((each) => each * power).find((each) => each >= value)!;
}

// Broken where nothing is known.
function curve(points: readonly Point[], x: (at: number) => number, y: (value: number) => number): string {
  let isBroken = true;
  return points
    .map(({ at, value }) => {
      const step = value === null ? "" : `${isBroken ? "M" : "L"}${x(at).toFixed(1)} ${y(value).toFixed(1)}`;
      isBroken = value === null;
      return step;
    })
    .join("");
}

interface DayBarsProperties {
  points: readonly Point[];
  x: (at: number) => number;
  y: (value: number) => number;
}

const kLeast = 2; // height of a bar that stands for something

function DayBars({ points, x, y }: DayBarsProperties) {
  const paths = new Map<string, string>();
  for (const { at, value, color = "" } of points) {
    if (value === null) continue;
    const height = Math.max(kHeight - y(value), kLeast);
    const bar = `M${x(at).toFixed(1)} ${kHeight}h${(x(at + kDay) - x(at)).toFixed(2)}v${-height.toFixed(1)}h${(x(at) - x(at + kDay)).toFixed(2)}z`;
    paths.set(color, (paths.get(color) ?? "") + bar);
  }
  return [...paths].map(([color, d]) => <path key={color} class="bar" style={{ fill: color }} d={d} />);
}

// A service's days as bars, coloured by its thresholds; a worse day is also taller. One line for each run of equal
// days, which the style sheet dashes into bars. Each day tells about itself on hover, tap and by the arrow keys.
import { useRef } from "preact/hooks";
import type { CSSProperties, TargetedKeyboardEvent, TargetedPointerEvent } from "preact";
import { useSignal } from "@preact/signals";
import { count, day as dayText, number, percent } from "../model/format.ts";
import { daysOf, rank, thresholdsOf, uptime, type Day } from "../model/history.ts";
import type { Threshold } from "../model/data.ts";
import { hideTip, showTip } from "./Tip.tsx";

const kPitch = 8; // of the drawing: a bar of 6 and a gap of 2
const kNoData = -1;

export function Bars({ id, days: length, name }: { id: string; days: number; name: string }) {
  const days = daysOf(id, length);
  const thresholds = thresholdsOf(id);
  const ranks = days.map((day) => rankOf(thresholds, day));
  const active = useSignal<number | null>(null);
  const box = useRef<HTMLDivElement>(null);

  const point = (position: number | null) => {
    if (position === active.peek()) return;
    active.value = position;
    const day = position === null ? undefined : days[position];
    if (!day || !box.current) return hideTip();
    const rect = box.current.getBoundingClientRect();
    const x = rect.left + ((position! + 0.5) / length) * rect.width;
    showTip({
      x,
      top: rect.top,
      bottom: rect.bottom,
      owner: id,
      content: <DayTip day={day} thresholds={thresholds} />,
    });
  };
  const atPointer = (event: TargetedPointerEvent<HTMLDivElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    point(clamp(Math.floor(((event.clientX - left) / width) * length), length));
  };
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLDivElement>) => {
    const next = keyed(event.key, active.value ?? length - 1, length);
    if (event.key === "Escape") point(null);
    if (next === undefined) return;
    event.preventDefault();
    point(next);
  };
  const at = active.value ?? length - 1;
  return (
    <div
      class="bars"
      ref={box}
      role="slider"
      tabIndex={0}
      aria-label={`Daily uptime of ${name}`}
      aria-valuemin={1}
      aria-valuemax={length}
      aria-valuenow={at + 1}
      aria-valuetext={dayWords(days[at]!, thresholds)}
      onPointerMove={atPointer}
      onPointerDown={atPointer}
      onPointerLeave={(event) => event.pointerType === "mouse" && point(null)}
      onFocus={(event) => event.currentTarget.matches(":focus-visible") && point(at)}
      onBlur={() => point(null)}
      onKeyDown={onKeyDown}
    >
      <svg viewBox={`0 0 ${length * kPitch - 2} 32`} preserveAspectRatio="none" aria-hidden="true">
        {[kNoData, ...thresholds.keys()].map((wanted) => {
          const d = runs(ranks, wanted);
          return d ? (
            <path
              key={wanted}
              class={wanted === kNoData ? "no-data" : ""}
              d={d}
              style={look(thresholds, wanted)}
            />
          ) : null;
        })}
        {active.value !== null && (
          <rect class="active" x={active.value * kPitch - 1} y="0" width={kPitch} height="32" />
        )}
      </svg>
    </div>
  );
}

export function rankOf(thresholds: readonly Threshold[], day: Day): number {
  const value = uptime([day]);
  return value === null ? kNoData : rank(thresholds, value);
}

function look(thresholds: readonly Threshold[], wanted: number): CSSProperties {
  if (wanted === kNoData) return {};
  const share = thresholds.length > 1 ? wanted / (thresholds.length - 1) : 0;
  return { stroke: thresholds[wanted]!.color, strokeWidth: `${22 + 10 * share}px` };
}

function runs(ranks: readonly number[], wanted: number): string {
  let out = "";
  for (let from = ranks.indexOf(wanted); from >= 0;) {
    let to = from;
    while (ranks[to] === wanted) to++;
    out += `M${from * kPitch} 16h${(to - from) * kPitch - 2}`;
    from = ranks.indexOf(wanted, to);
  }
  return out;
}

const clamp = (position: number, length: number): number => Math.min(Math.max(position, 0), length - 1);

function keyed(key: string, at: number, length: number): number | undefined {
  const steps: Record<string, number> = {
    ArrowLeft: -1,
    ArrowDown: -1,
    ArrowRight: 1,
    ArrowUp: 1,
    PageDown: -7,
    PageUp: 7,
  };
  if (key === "Home") return 0;
  if (key === "End") return length - 1;
  return key in steps ? clamp(at + steps[key]!, length) : undefined;
}

const kinds = ["up", "degraded", "down", "unknown"] as const;

function dayWords(day: Day, thresholds: readonly Threshold[]): string {
  const value = uptime([day]);
  const checks = kinds.filter((kind) => day[kind] > 0).map((kind) => `${number(day[kind])} ${kind}`);
  if (checks.length === 0) return `${dayText(day.date)}: no data`;
  const grade =
    value === null ? "nothing known" : `${percent(value)} ${thresholds[rank(thresholds, value)]!.label}`;
  return `${dayText(day.date)}: ${grade}; checks: ${checks.join(", ")}`;
}

export function DayTip({ day, thresholds }: { day: Day; thresholds: readonly Threshold[] }) {
  const value = uptime([day]);
  const total = kinds.reduce((sum, kind) => sum + day[kind], 0);
  return (
    <>
      <p class="tip-head">
        <b>{dayText(day.date)}</b>
        <span>{value === null ? "No data" : percent(value)}</span>
      </p>
      {value !== null && <p class="faint">{thresholds[rank(thresholds, value)]!.label}</p>}
      {total > 0 && (
        <dl>
          {kinds.map((kind) => (
            <div key={kind} class={`kind ${kind}`}>
              <dt>{kind}</dt>
              <dd>{count(day[kind], "check", "checks")}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}

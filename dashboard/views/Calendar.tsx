// The days of a year as a map: a column for each week, a square for each day, coloured by the service's thresholds.
import type { TargetedPointerEvent } from "preact";
import { kDay } from "../model/clock.ts";
import { day as dayText, percent, shortMonth } from "../model/format.ts";
import { daysOf, isHistoryKnown, thresholdsOf, uptime, type Day } from "../model/history.ts";
import { settings } from "../model/services.ts";
import { DayTip, rankOf } from "./Bars.tsx";
import { hideTip, showTip } from "./Tip.tsx";

const kPitch = 10; // of the drawing: a square of 8 and a gap of 2
const kSquare = "h8v8h-8z";
const kYear = 365;

export function Calendar({ id }: { id: string }) {
  if (!isHistoryKnown(id)) return <div class="calendar later" />;
  const days = daysOf(id, Math.min(kYear, settings.value.retentionDays));
  const thresholds = thresholdsOf(id);
  const first = weekday(days[0]!); // the squares above it stay empty
  const weeks = Math.ceil((first + days.length) / 7);
  const place = (i: number): [week: number, day: number] => [Math.floor((first + i) / 7), (first + i) % 7];
  const paths = new Map<number, string>();
  days.forEach((day, i) => {
    const [week, row] = place(i);
    const rank = rankOf(thresholds, day);
    paths.set(rank, `${paths.get(rank) ?? ""}M${week * kPitch} ${row * kPitch}${kSquare}`);
  });

  const point = (event: TargetedPointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const week = Math.floor(((event.clientX - box.left) / box.width) * weeks);
    const row = Math.floor(((event.clientY - box.top) / box.height) * 7);
    const day = days[week * 7 + row - first];
    if (!day) return hideTip();
    const top = box.top + (row / 7) * box.height;
    const content = <DayTip day={day} thresholds={thresholds} />;
    const x = box.left + ((week + 0.5) / weeks) * box.width;
    showTip({ x, top, bottom: top + box.height / 7, owner: `year-${id}`, content });
  };
  return (
    <figure class="calendar">
      <figcaption>
        <b>Day by day</b> <span class="faint">{summary(days)}</span>
      </figcaption>
      <div class="months" aria-hidden="true">
        {months(days, place).map(([week, name]) => (
          <span key={week} style={{ left: `${(week / weeks) * 100}%` }}>
            {name}
          </span>
        ))}
      </div>
      <svg
        viewBox={`0 0 ${weeks * kPitch - 2} ${7 * kPitch - 2}`}
        role="img"
        aria-label={`Day by day. ${summary(days)}`}
        onPointerMove={point}
        onPointerDown={point}
        onPointerLeave={hideTip}
      >
        {[...paths].map(([rank, d]) => (
          <path
            key={rank}
            class={rank < 0 ? "no-data" : ""}
            style={rank < 0 ? {} : { fill: thresholds[rank]!.color }}
            d={d}
          />
        ))}
      </svg>
    </figure>
  );
}

const weekday = ({ date }: Day): number => (Math.round(Date.parse(date) / kDay) + 3) % 7; // 0 is Monday

function summary(days: readonly Day[]): string {
  const known = days.flatMap((day) => uptime([day]) ?? []);
  const perfect = known.filter((value) => value === 100).length;
  if (known.length === 0) return "Nothing is known yet.";
  const from = dayText(days[0]!.date);
  return `Since ${from}: ${perfect} of ${known.length} known days without downtime, the worst at ${percent(Math.min(...known))}.`;
}

// In which week each month begins; not where there is no room for its name.
function months(days: readonly Day[], place: (i: number) => [number, number]): [number, string][] {
  return days.flatMap(({ date }, i): [number, string][] =>
    date.endsWith("-01") && i < days.length - 14 ? [[place(i)[0], shortMonth(Date.parse(date))]] : [],
  );
}

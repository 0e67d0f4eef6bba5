// The services by group. Of many, rows are drawn, and their history is asked for, when they come near to being seen; once
// drawn they stay.
import { useEffect, useRef } from "preact/hooks";
import { signal, useSignal } from "@preact/signals";
import { whenIdle } from "../model/clock.ts";
import { kUptimeDays, type Uptimes } from "../model/data.ts";
import { number, percent } from "../model/format.ts";
import { wantHistory } from "../model/history.ts";
import { whenNear } from "../model/near.ts";
import { setParams } from "../model/route.ts";
import { services, settings, uptimes } from "../model/services.ts";
import {
  isCollapsed,
  isNarrow,
  listed,
  noFilters,
  shownCount,
  shownDays,
  shownGroups,
  toggleGroup,
  type Group,
} from "../model/view.ts";
import { Icon } from "./Icon.tsx";
import { Row } from "./Row.tsx";

const kAtOnce = 10; // rows, with the page itself
const kChunk = 25; // rows drawn together, behind those
const kKept = 30; // rows that may be in sight while one types
const kRowHeight = { wide: 59, narrow: 150 }; // px, until they are drawn
const kMostDrawn = 300; // of no more services all are drawn, when there is time, so that the browser's search finds them

export function Groups() {
  let before = 0; // rows above
  return (
    <div class="groups">
      {shownGroups.value.map((group) => {
        const start = before;
        if (!isCollapsed(group.id)) before += group.ids.length;
        return <GroupOf key={group.id} group={group} start={start} />;
      })}
      {shownGroups.value.length === 0 && (
        <section class="group none">
          <p>No service is like that.</p>
          <button type="button" onClick={() => setParams(noFilters)}>
            Show all
          </button>
        </section>
      )}
    </div>
  );
}

// Of everything, and of a group beside its name.
export function AllUptimes() {
  const all = uptimes.value["*"];
  if (!all || all.every((each) => each === null)) return null;
  return (
    <section class="everything" aria-label="Uptime of all services">
      <h2>Uptime of all</h2>
      <dl>
        {spansOf(all).map(([days, value]) => (
          <div key={days}>
            <dt>{days === 1 ? "24 h" : `${days} days`}</dt>
            <dd>{value === null ? <span class="no-data">no data</span> : percent(value)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function GroupUptimes({ id }: { id: string }) {
  const mine = uptimes.value[id];
  if (!mine || mine.every((each) => each === null)) return null;
  return (
    <span class="group-uptimes">
      {spansOf(mine).map(([days, value]) => (
        <span key={days} class={days === nearest(shownDays.value) ? "chosen" : ""}>
          {days === 1 ? "24 h" : `${days} d`} <b>{value === null ? "–" : percent(value)}</b>
        </span>
      ))}
    </span>
  );
}

const spansOf = (of: Uptimes): [number, number | null][] =>
  kUptimeDays
    .map((days, i): [number, number | null] => [days, of[i] ?? null])
    .filter(([days]) => days <= settings.value.retentionDays);

const nearest = (days: number): number => kUptimeDays.findLast((each) => each <= days) ?? 1;

function GroupOf({ group, start }: { group: Group; start: number }) {
  const isOpen = !isCollapsed(group.id);
  const title = `group-${group.id}`;
  return (
    <section class="group" aria-labelledby={title}>
      <h2>
        <button type="button" class="fold" aria-expanded={isOpen} onClick={() => toggleGroup(group.id)}>
          <Icon name="chevron" />
          <span dir="auto" id={title}>
            {group.name}
          </span>
          <GroupUptimes id={group.id} />
          <span class="summary">
            {number(group.up)} of {number(group.total)} up
          </span>
        </button>
      </h2>
      {isOpen && (
        <ul>
          {chunks(group.ids).map(([from, ids]) => (
            <Chunk key={from} ids={ids} place={start + from} />
          ))}
        </ul>
      )}
    </section>
  );
}

function chunks(ids: readonly string[]): [from: number, ids: string[]][] {
  const out: [number, string[]][] = [[0, ids.slice(0, kAtOnce)]];
  for (let from = kAtOnce; from < ids.length; from += kChunk) {
    out.push([from, ids.slice(from, from + kChunk)]);
  }
  return out;
}

const isPrinted = signal(false);
addEventListener("beforeprint", () => (isPrinted.value = true));

// `place` is how many rows are above. Of another list, one that is searched or filtered otherwise, only the top is drawn
// at once, so that a keystroke is answered at once; what else is seen stays until it can be drawn.
function Chunk({ ids, place }: { ids: string[]; place: number }) {
  const drawn = useSignal<string | null>(null); // which list
  const last = useRef<string[] | null>(null); // the rows that are drawn
  const later = useRef<HTMLLIElement>(null);
  const isDrawn = place < kAtOnce || isPrinted.value || drawn.value === listed.value;
  const rows = isDrawn ? ids : place < kKept ? last.current : null;
  last.current = rows;
  useEffect(() => {
    const draw = () => (drawn.value = listed.peek());
    if (isDrawn) return void draw();
    drawn.value = null;
    return rows ? whenIdle(draw) : whenItIsTime(later.current!, draw);
  }, [isDrawn, listed.value, shownCount.value <= kMostDrawn]);
  useEffect(() => {
    if (isDrawn) wantHistory(ids);
  }, [isDrawn, isDrawn && ids.join()]);
  if (rows) {
    return (
      <>
        {rows.map((id) => {
          const service = services.get(id);
          return service && <Row key={id} service={service} />;
        })}
      </>
    );
  }
  const height = ids.length * (isNarrow.value ? kRowHeight.narrow : kRowHeight.wide);
  return (
    <li
      class="later"
      ref={later}
      style={{ height: `${height}px` }}
      aria-label={`${number(ids.length)} more services`}
    />
  );
}

// One after another, so that a click in between is answered at once.
function whenItIsTime(element: HTMLElement, draw: () => void): () => void {
  if (shownCount.peek() <= kMostDrawn) return whenIdle(draw);
  let stop = whenNear(element, () => (stop = whenIdle(draw)));
  return () => stop();
}

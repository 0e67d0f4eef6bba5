// The services by group. Of many, rows are drawn, and their history is asked for, when they come near to being seen; once
// drawn they stay.
import { useEffect, useRef } from "preact/hooks";
import { useSignal, type Signal } from "@preact/signals";
import { whenIdle } from "../model/clock.ts";
import { kUptimeDays, type Uptimes } from "../model/data.ts";
import { number, percent } from "../model/format.ts";
import { wantHistory } from "../model/history.ts";
import { setParams } from "../model/route.ts";
import { services, settings, uptimes } from "../model/services.ts";
import {
  isCollapsed,
  isNarrow,
  noFilters,
  shownCount,
  shownDays,
  shownGroups,
  toggleGroup,
  type Group,
} from "../model/view.ts";
import { Icon } from "./Icon.tsx";
import { Row } from "./Row.tsx";

const kChunk = 10; // rows drawn together
const kAtOnce = 10; // rows, with the page itself
const kRowHeight = { wide: 59, narrow: 150 }; // px, until they are drawn
const kMargin = "1000px"; // how near
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
            <dt>{days === 1 ? "today" : `${days} days`}</dt>
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
          {days === 1 ? "today" : `${days} d`} <b>{value === null ? "–" : percent(value)}</b>
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
          {chunks(group.ids).map((ids, i) => (
            <Chunk key={i} ids={ids} isNear={start + i * kChunk < kAtOnce} />
          ))}
        </ul>
      )}
    </section>
  );
}

function chunks(ids: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(ids.length / kChunk) }, (_, i) =>
    ids.slice(i * kChunk, (i + 1) * kChunk),
  );
}

function Chunk({ ids, isNear }: { ids: string[]; isNear: boolean }) {
  const isDrawn = useSignal(isNear);
  const place = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isDrawn.value) wantHistory(ids);
    else {
      const stop = shownCount.value <= kMostDrawn ? onceIdle(isDrawn) : onceNear(place.current!, isDrawn);
      const draw = () => (isDrawn.value = true);
      addEventListener("beforeprint", draw);
      return () => {
        stop();
        removeEventListener("beforeprint", draw);
      };
    }
  }, [isDrawn.value, ids.join()]);
  if (!isDrawn.value) {
    const height = ids.length * (isNarrow.value ? kRowHeight.narrow : kRowHeight.wide);
    return (
      <li
        class="later"
        ref={place}
        style={{ height: `${height}px` }}
        aria-label={`${number(ids.length)} more services`}
      />
    );
  }
  return (
    <>
      {ids.map((id) => {
        const service = services.get(id);
        return service && <Row key={id} service={service} />;
      })}
    </>
  );
}

// One after another, so that a click in between is answered at once.
const onceIdle = (isDrawn: Signal<boolean>): (() => void) => whenIdle(() => (isDrawn.value = true));

function onceNear(element: HTMLElement, isDrawn: Signal<boolean>): () => void {
  let stop = () => {};
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      stop = onceIdle(isDrawn);
    },
    { rootMargin: kMargin },
  );
  observer.observe(element);
  return () => {
    observer.disconnect();
    stop();
  };
}

// The services by group. Rows are drawn, and their history is asked for, when they come near to being seen; once drawn
// they stay.
import { useEffect, useRef } from "preact/hooks";
import { useSignal, type Signal } from "@preact/signals";
import { wantHistory } from "../model/history.ts";
import { setParams } from "../model/route.ts";
import { services } from "../model/services.ts";
import { isCollapsed, isNarrow, shownGroups, toggleGroup, type Group } from "../model/view.ts";
import { Icon } from "./Icon.tsx";
import { Row } from "./Row.tsx";

const kChunk = 25; // rows drawn together
const kRowHeight = { wide: 59, narrow: 150 }; // px, until they are drawn
const kMargin = "1000px"; // how near

export function Groups() {
  let before = 0; // rows above
  return (
    <>
      {shownGroups.value.map((group) => {
        const start = before;
        if (!isCollapsed(group.id)) before += group.ids.length;
        return <GroupOf key={group.id} group={group} start={start} />;
      })}
      {shownGroups.value.length === 0 && (
        <section class="group none">
          <p>No service is like that.</p>
          <button type="button" onClick={() => setParams({ q: "", status: "", group: "" })}>
            Show all
          </button>
        </section>
      )}
    </>
  );
}

function GroupOf({ group, start }: { group: Group; start: number }) {
  const isOpen = !isCollapsed(group.id);
  const title = `group-${group.id}`;
  return (
    <section class="group" aria-labelledby={title}>
      <h2 id={title}>
        <button type="button" class="fold" aria-expanded={isOpen} onClick={() => toggleGroup(group.id)}>
          <Icon name="chevron" />
          <span dir="auto">{group.name}</span>
          <span class="summary">
            {group.up} of {group.total} up
          </span>
        </button>
      </h2>
      {isOpen && (
        <ul>
          {chunks(group.ids).map((ids, i) => (
            <Chunk key={i} ids={ids} isNear={start + i * kChunk < kChunk} />
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
    else return onceNear(place.current!, isDrawn);
  }, [isDrawn.value, ids.join()]);
  if (!isDrawn.value) {
    const height = ids.length * (isNarrow.value ? kRowHeight.narrow : kRowHeight.wide);
    return (
      <li
        class="later"
        ref={place}
        style={{ height: `${height}px` }}
        aria-label={`${ids.length} more services`}
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

function onceNear(element: HTMLElement, isDrawn: Signal<boolean>): () => void {
  const draw = () => (isDrawn.value = true);
  const observer = new IntersectionObserver(
    (entries) => entries.some((entry) => entry.isIntersecting) && draw(),
    {
      rootMargin: kMargin,
    },
  );
  observer.observe(element);
  addEventListener("beforeprint", draw);
  return () => {
    observer.disconnect();
    removeEventListener("beforeprint", draw);
  };
}

// Search, filters, order and range of the list.
import { useEffect, useId, useLayoutEffect, useRef } from "preact/hooks";
import { areAllKnown } from "../model/history.ts";
import { serverNow, whenIdle } from "../model/clock.ts";
import { number, when } from "../model/format.ts";
import { setParams } from "../model/route.ts";
import { counts, settings } from "../model/services.ts";
import {
  allGroups,
  changeFilter,
  changeFilters,
  groupFilter,
  isFiltered,
  isFlat,
  noFilters,
  prepareSearch,
  ranges,
  search,
  shownCount,
  shownDays,
  sort,
  sorts,
  statusFilter,
  statusFilters,
} from "../model/view.ts";
import { endOfLastVisit } from "../model/visit.ts";

export function Toolbar() {
  return (
    <div class="toolbar" role="search" aria-label="Services">
      <Search />
      <Filter
        label="State"
        name="status"
        value={statusFilter.value}
        all="All states"
        choices={statusFilters}
      />
      <Filter
        label="Changes"
        name="changed"
        value={changeFilter.value}
        all="Changed whenever"
        choices={changes()}
      />
      {allGroups.value.length > 1 && <GroupSelect />}
      <SortSelect />
      {allGroups.value.length > 1 && (
        <button
          type="button"
          aria-pressed={isFlat.value}
          onClick={() => setParams({ list: isFlat.value ? "" : "flat" })}
        >
          Flat list
        </button>
      )}
      <Range />
      <p class="shown" role="status">
        {isFiltered.value && (
          <>
            {number(shownCount.value)} of {number(counts.value.total)} shown{" "}
            <button type="button" class="quiet" onClick={() => setParams(noFilters)}>
              Show all
            </button>
          </>
        )}
      </p>
    </div>
  );
}

// Of the last visit nothing is known at the first one.
function changes(): Partial<typeof changeFilters> {
  const { visit, ...others } = changeFilters;
  const at = endOfLastVisit();
  return at > 0
    ? { visit: `Changed since my visit at ${when(at, serverNow())}` as typeof visit, ...others }
    : others;
}

interface FilterProperties {
  label: string;
  name: string;
  value: string;
  all: string;
  choices: Record<string, string>;
}

function Filter({ label, name, value, all, choices }: FilterProperties) {
  return (
    <select
      aria-label={label}
      value={value}
      onChange={(event) => setParams({ [name]: event.currentTarget.value })}
    >
      <option value="">{all}</option>
      {Object.entries(choices).map(([choice, words]) => (
        <option key={choice} value={choice}>
          {words}
        </option>
      ))}
    </select>
  );
}

function Search() {
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
        return;
      if (!input.current?.checkVisibility() || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      input.current.focus();
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, []);
  useEffect(() => whenIdle(prepareSearch), []);
  return (
    <input
      ref={input}
      type="search"
      placeholder="Search services  /"
      aria-label="Search services"
      aria-keyshortcuts="/"
      autocomplete="off"
      spellcheck={false}
      maxLength={200}
      value={search.value}
      onInput={(event) => setParams({ q: event.currentTarget.value })}
      onKeyDown={(event) => event.key === "Escape" && setParams({ q: "" })}
    />
  );
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");

function GroupSelect() {
  return (
    <select
      aria-label="Group"
      dir="auto"
      value={groupFilter.value}
      onChange={(event) => setParams({ group: event.currentTarget.value })}
    >
      <option value="">All groups</option>
      {allGroups.value.map(({ id, name }) => (
        <option key={id} value={id || name}>
          {name}
        </option>
      ))}
    </select>
  );
}

function SortSelect() {
  const names = Object.entries(sorts).filter(([name]) => name !== "uptime" || areAllKnown());
  return (
    <select
      aria-label="Order"
      value={sort.value}
      onChange={({ currentTarget: { value } }) => setParams({ sort: value === "urgency" ? "" : value })}
    >
      {names.map(([name, words]) => (
        <option key={name} value={name}>
          {words}
        </option>
      ))}
    </select>
  );
}

function Range() {
  const { showUptimeHistory, showUptimePercentage } = settings.value.features;
  if (!showUptimeHistory && !showUptimePercentage) return null;
  return <Days value={shownDays.value} onChoose={(days) => setParams({ days: String(days) })} />;
}

// Over how many days.
export function Days({ value, onChoose }: { value: number; onChoose: (days: number) => void }) {
  const name = useId(); // the overview has one too while another view is open
  return (
    <fieldset class="segments">
      <legend class="unseen">Days</legend>
      {ranges().map((days) => (
        <label key={days}>
          <input type="radio" name={name} checked={value === days} onChange={() => onChoose(days)} />
          <span>{days === settings.value.retentionDays && days > 90 ? "All" : `${days} d`}</span>
        </label>
      ))}
    </fieldset>
  );
}

// Search, filters, order and range of the list.
import { useLayoutEffect, useRef } from "preact/hooks";
import { areAllKnown } from "../model/history.ts";
import { setParams } from "../model/route.ts";
import { counts, settings } from "../model/services.ts";
import {
  allGroups,
  groupFilter,
  isFiltered,
  ranges,
  search,
  shownCount,
  shownDays,
  sort,
  sorts,
} from "../model/view.ts";

export function Toolbar() {
  return (
    <div class="toolbar" role="search" aria-label="Services">
      <Search />
      {allGroups.value.length > 1 && <GroupSelect />}
      <SortSelect />
      <Range />
      <p class="shown" role="status">
        {isFiltered.value && (
          <>
            {shownCount.value} of {counts.value.total} shown{" "}
            <button type="button" class="quiet" onClick={() => setParams({ q: "", status: "", group: "" })}>
              Show all
            </button>
          </>
        )}
      </p>
    </div>
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
  return (
    <fieldset class="segments">
      <legend class="unseen">Days</legend>
      {ranges().map((days) => (
        <label key={days}>
          <input
            type="radio"
            name="days"
            checked={shownDays.value === days}
            onChange={() => setParams({ days: String(days) })}
          />
          <span>{days === settings.value.retentionDays && days > 90 ? "All" : `${days} d`}</span>
        </label>
      ))}
    </fieldset>
  );
}

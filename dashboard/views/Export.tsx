// The export as CSV: which days, which services, and how far it has come.
import { useEffect, useRef } from "preact/hooks";
import { useSignal, type Signal } from "@preact/signals";
import { serverNow, utcDay } from "../model/clock.ts";
import { daysIn, exportPaths, fetchTable, lastDays, save, type Range } from "../model/csv.ts";
import { isExportOpen } from "../model/dialogs.ts";
import { count, number } from "../model/format.ts";
import { announce } from "../model/live.ts";
import { serviceIds, services, settings } from "../model/services.ts";
import { isFiltered, shownGroups } from "../model/view.ts";
import { Dialog } from "./Dialog.tsx";

const kMostListed = 300; // to choose from; a search narrows them down
type Which = "all" | "shown" | "some";

export function ExportDialog() {
  return isExportOpen.value ? <Form /> : null;
}

function Form() {
  const retention = settings.value.retentionDays;
  const presets = [7, 30, 90].filter((days) => days < retention);
  const days = useSignal(presets.includes(30) ? "30" : String(retention));
  const custom = useSignal<Range>(lastDays(Math.min(30, retention), serverNow()));
  const which = useSignal<Which>(isFiltered.peek() ? "shown" : "all");
  const chosen = useSignal<ReadonlySet<string>>(new Set());
  const job = useJob();

  const range = days.value === "custom" ? custom.value : lastDays(Number(days.value), serverNow());
  const ids = idsOf(which.value, chosen.value);
  const rows = daysIn(range) * (ids?.length ?? serviceIds.value.length);
  const reason = whyNot(range, ids);
  const start = (event: Event) => {
    event.preventDefault();
    if (!reason)
      void job.run(exportPaths(range, ids, serviceIds.value.length), `uptime_${range.from}_${range.to}.csv`);
  };
  return (
    <Dialog title="Export as CSV" kind="export" onClose={() => (isExportOpen.value = false)}>
      <form onSubmit={start}>
        <fieldset>
          <legend>Days</legend>
          <div class="choices">
            {[...presets, retention].map((each) => (
              <Choice key={each} name="range" value={String(each)} chosen={days}>
                {each === retention ? `All ${each}` : `Last ${each}`}
              </Choice>
            ))}
            <Choice name="range" value="custom" chosen={days}>
              From … to
            </Choice>
          </div>
          {days.value === "custom" && <CustomRange range={custom} />}
        </fieldset>
        <fieldset>
          <legend>Services</legend>
          <div class="choices">
            <Choice name="which" value="all" chosen={which}>
              All {number(serviceIds.value.length)}
            </Choice>
            {isFiltered.value && (
              <Choice name="which" value="shown" chosen={which}>
                The {number(idsOf("shown", chosen.value)!.length)} shown
              </Choice>
            )}
            <Choice name="which" value="some" chosen={which}>
              Choose
            </Choice>
          </div>
          {which.value === "some" && <ServiceList chosen={chosen} />}
        </fieldset>
        <p class={reason ? "problem" : "faint"} role="status">
          {reason ?? `${count(rows, "row", "rows")}; days are those of UTC`}
        </p>
        <Progress job={job} rows={rows} />
        <div class="buttons">
          {job.isRunning.value ? (
            <button key="stop" type="button" onClick={job.stop}>
              Stop
            </button>
          ) : (
            <button key="start" type="submit" class="main" aria-disabled={Boolean(reason)}>
              Download
            </button>
          )}
        </div>
      </form>
    </Dialog>
  );
}

function Choice<T extends string>(properties: {
  name: string;
  value: T;
  chosen: Signal<T>;
  children: preact.ComponentChildren;
}) {
  const { name, value, chosen, children } = properties;
  return (
    <label class="choice">
      <input
        type="radio"
        name={name}
        checked={chosen.value === value}
        onChange={() => (chosen.value = value)}
      />
      <span>{children}</span>
    </label>
  );
}

function CustomRange({ range }: { range: Signal<Range> }) {
  const today = utcDay(serverNow());
  const field = (name: keyof Range, label: string) => (
    <label>
      {label}{" "}
      <input
        type="date"
        required
        max={today}
        value={range.value[name]}
        onInput={(event) => (range.value = { ...range.value, [name]: event.currentTarget.value })}
      />
    </label>
  );
  return (
    <div class="dates">
      {field("from", "From")} {field("to", "to")}
    </div>
  );
}

function ServiceList({ chosen }: { chosen: Signal<ReadonlySet<string>> }) {
  const text = useSignal("");
  const wanted = text.value.toLowerCase();
  const found = serviceIds.value
    .map((id) => services.get(id)!.peek())
    .filter(({ serviceId, serviceName }) => `${serviceName} ${serviceId}`.toLowerCase().includes(wanted));
  const toggle = (id: string) => {
    const next = new Set(chosen.value);
    if (!next.delete(id)) next.add(id);
    chosen.value = next;
  };
  return (
    <div class="pick">
      <input
        type="search"
        placeholder="Search"
        aria-label="Search services to export"
        value={text.value}
        onInput={(event) => (text.value = event.currentTarget.value)}
      />
      <ul tabIndex={0} aria-label="Services to export">
        {found.slice(0, kMostListed).map(({ serviceId, serviceName }) => (
          <li key={serviceId}>
            <label>
              <input
                type="checkbox"
                checked={chosen.value.has(serviceId)}
                onChange={() => toggle(serviceId)}
              />{" "}
              <bdi>{serviceName}</bdi>
            </label>
          </li>
        ))}
      </ul>
      {found.length > kMostListed && (
        <p class="faint">{number(found.length - kMostListed)} more; search for them.</p>
      )}
    </div>
  );
}

// Undefined stands for all.
function idsOf(which: Which, chosen: ReadonlySet<string>): string[] | undefined {
  if (which === "all") return undefined;
  return which === "some" ? [...chosen] : shownGroups.value.flatMap(({ ids }) => ids);
}

function whyNot({ from, to }: Range, ids: string[] | undefined): string | undefined {
  if (!from || !to) return "Both days are needed";
  if (from > to) return "The first day comes after the last";
  if (ids?.length === 0) return "No service is chosen";
  return undefined;
}

function useJob() {
  const isRunning = useSignal(false);
  const rows = useSignal(0);
  const problem = useSignal("");
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  const run = async (paths: string[], name: string) => {
    abort.current = new AbortController();
    [isRunning.value, rows.value, problem.value] = [true, 0, ""];
    try {
      save(await fetchTable(paths, (so) => (rows.value = so), abort.current.signal), name);
      announce(`${name} is downloaded`);
    } catch (error) {
      problem.value = (error as Error).message;
    }
    isRunning.value = false;
  };
  return { isRunning, rows, problem, run, stop: () => abort.current?.abort() };
}

function Progress({ job, rows }: { job: ReturnType<typeof useJob>; rows: number }) {
  const { isRunning, rows: done, problem } = job;
  if (problem.value) {
    return (
      <p class="problem" role="alert">
        {problem.value}
      </p>
    );
  }
  if (!isRunning.value && done.value === 0) return null;
  return (
    <p class="progress">
      <progress max={Math.max(rows, 1)} value={done.value} aria-label="Rows that have come" />{" "}
      <span>
        {number(done.value)} of {number(rows)}
      </span>
    </p>
  );
}

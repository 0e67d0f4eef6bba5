// A service's heartbeats, one by one, and the charts that are made of them.
import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { getJson } from "../model/api.ts";
import type { Service } from "../model/data.ts";
import { span, whenToTheSecond } from "../model/format.ts";
import { settings } from "../model/services.ts";
import { DurationChart, GapChart } from "./Charts.tsx";
import { State } from "./State.tsx";
import { Time } from "./Time.tsx";

export interface LogEntry {
  timestamp: string;
  status: string;
  message: string | null;
  metadata: Record<string, unknown> | null;
  durationMs: number | null;
  colo: string | null;
  country: string | null;
}

interface LogAnswer {
  logs: LogEntry[];
  next: string | null;
  complete?: boolean;
}

const kFirst = 500; // entries, for the charts
const kShown = 25; // more on demand
const kMostPages = 5; // a page may be empty while older ones are not

export function Log({ id, service }: { id: string; service: Service }) {
  const entries = useSignal<LogEntry[] | null>(null);
  const next = useSignal<string | null>(null);
  const shown = useSignal(kShown);
  const problem = useSignal("");
  const isComplete = useSignal(true);

  const load = async (before: string | null, signal?: AbortSignal) => {
    try {
      let got: LogEntry[] = [];
      for (let page = 0; page < kMostPages && (page === 0 || (got.length === 0 && before)); page++) {
        const query = new URLSearchParams({
          serviceId: id,
          limit: String(kFirst),
          ...(before && { before }),
        });
        const answer = await getJson<LogAnswer>(`/api/logs?${query}`, signal);
        got = answer.logs;
        before = answer.next;
        isComplete.value = answer.complete !== false;
      }
      next.value = before;
      entries.value = [...(entries.peek() ?? []), ...got];
      problem.value = "";
    } catch (error) {
      if (!signal?.aborted) problem.value = (error as Error).message;
    }
  };
  useEffect(() => {
    const abort = new AbortController();
    entries.value = null;
    void load(null, abort.signal);
    return () => abort.abort();
  }, [id]);

  const more = () => {
    const known = entries.value?.length ?? 0;
    shown.value += 100;
    if (shown.value > known && next.value) void load(next.value);
  };
  const list = entries.value ?? [];
  return (
    <>
      {isComplete.value && list.length > 1 && (
        <>
          <DurationChart entries={list} />
          <GapChart entries={list} thresholdMs={service.stalenessThreshold} />
        </>
      )}
      <section class="panel" aria-labelledby="log">
        <h2 id="log">Heartbeats</h2>
        {problem.value && <p class="problem">{problem.value}</p>}
        {entries.value === null && !problem.value && <p class="faint loading">Loading …</p>}
        {entries.value?.length === 0 && (
          <p class="faint">None in the log, which goes back {settings.value.logRetentionDays} days.</p>
        )}
        {!isComplete.value && <p class="faint">Only changes are known: a log needs the collector.</p>}
        {list.length > 0 && <LogTable entries={list.slice(0, shown.value)} />}
        {(list.length > shown.value || next.value) && (
          <button type="button" onClick={more}>
            Show older
          </button>
        )}
      </section>
    </>
  );
}

function LogTable({ entries }: { entries: LogEntry[] }) {
  const hasDurations = entries.some(({ durationMs }) => durationMs !== null);
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label="Heartbeats, newest first">
      <table>
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">State</th>
            {hasDurations && <th scope="col">Took</th>}
            <th scope="col">Message</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.timestamp}>
              <td>
                <Time at={Date.parse(entry.timestamp)} print={whenToTheSecond} />
              </td>
              <td>
                <State status={entry.status} />
              </td>
              {hasDurations && (
                <td class="number">{entry.durationMs !== null && tookText(entry.durationMs)}</td>
              )}
              <td>
                {entry.message && <span dir="auto">{entry.message}</span>}
                <Metadata entry={entry} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const tookText = (ms: number): string => (ms < 10_000 ? `${Math.round(ms)} ms` : span(ms));

function Metadata({ entry: { metadata, colo, country } }: { entry: LogEntry }) {
  const pairs = Object.entries({ ...metadata, ...(colo && { colo }), ...(country && { country }) });
  if (pairs.length === 0) return null;
  return (
    <p class="labels">
      {pairs.map(([key, value]) => (
        <span key={key} dir="auto">
          {key}={typeof value === "object" ? JSON.stringify(value) : String(value)}
        </span>
      ))}
    </p>
  );
}

// A service's heartbeats, one by one, and the charts that are made of them.
import { useSignal } from "@preact/signals";
import { getJson } from "../model/api.ts";
import type { Service } from "../model/data.ts";
import { number, span, whenToTheSecond } from "../model/format.ts";
import { usePart, type Part } from "../model/part.ts";
import { snapshot } from "../model/refresh.ts";
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

export interface LogAnswer {
  logs: LogEntry[];
  next: string | null;
  complete?: boolean;
}

const kFirst = 500; // entries, for the charts
const kShown = 25; // more on demand
const kMostPages = 5; // a page may be empty while older ones are not

const pathOf = (id: string, before?: string): string =>
  `/api/logs?${new URLSearchParams({ serviceId: id, limit: String(kFirst), ...(before && { before }) })}`;

// The newest entries, again with each snapshot.
export const useLog = (id: string): Part<LogAnswer> => usePart<LogAnswer>(pathOf(id), snapshot.value);

// What comes before `before`.
async function older(id: string, before: string): Promise<LogAnswer> {
  let answer = await getJson<LogAnswer>(pathOf(id, before));
  for (let page = 1; page < kMostPages && answer.logs.length === 0 && answer.next; page++) {
    answer = await getJson<LogAnswer>(pathOf(id, answer.next));
  }
  return answer;
}

export function Log({ service, log }: { service: Service; log: Part<LogAnswer> }) {
  const { serviceId: id, stalenessThreshold } = service;
  const earlier = useSignal<LogAnswer | null>(null); // what was asked for besides
  const shown = useSignal(kShown);
  const problem = useSignal("");
  const newest = log.answer;
  const list = newest ? [...newest.logs, ...(earlier.value?.logs ?? [])] : [];
  const entries = [...new Map(list.map((entry) => [`${entry.timestamp} ${entry.status}`, entry])).values()];
  const next = (earlier.value ?? newest)?.next ?? null;
  const isComplete = newest?.complete !== false;

  const more = async () => {
    shown.value += 100;
    if (shown.value <= entries.length || !next) return;
    try {
      const answer = await older(id, next);
      earlier.value = { ...answer, logs: [...(earlier.value?.logs ?? newest!.logs), ...answer.logs] };
      problem.value = "";
    } catch (error) {
      problem.value = (error as Error).message;
    }
  };
  const why = log.problem || problem.value;
  return (
    <>
      {isComplete && entries.length > 1 && (
        <>
          <DurationChart entries={entries} />
          <GapChart entries={entries} thresholdMs={stalenessThreshold} />
        </>
      )}
      <section class="panel" aria-labelledby="log">
        <h2 id="log">Heartbeats</h2>
        {why && <p class="problem">{why}</p>}
        {!newest && !why && <p class="faint loading">Loading …</p>}
        {newest && entries.length === 0 && !next && (
          <p class="faint">None in the log, which goes back {settings.value.logRetentionDays} days.</p>
        )}
        {!isComplete && <p class="faint">Only changes are known: a log needs the collector.</p>}
        {entries.length > 0 && <LogTable entries={entries.slice(0, shown.value)} />}
        {(entries.length > shown.value || next) && (
          <button type="button" onClick={() => void more()}>
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
            <tr key={`${entry.timestamp} ${entry.status}`}>
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

const tookText = (ms: number): string => (ms < 10_000 ? `${number(Math.round(ms))} ms` : span(ms));

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

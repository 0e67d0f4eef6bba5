// Everything about one service.
import { useEffect, useRef } from "preact/hooks";
import { signal, useSignal, useSignalEffect } from "@preact/signals";
import { ApiError, getJson } from "../model/api.ts";
import { tick } from "../model/clock.ts";
import type { Service, Status } from "../model/data.ts";
import { span } from "../model/format.ts";
import { daysOf, isHistoryKnown, uptime, wantHistory } from "../model/history.ts";
import { overviewHref } from "../model/route.ts";
import { details, isStatus, services, settings, statusWord } from "../model/services.ts";
import { Bars } from "./Bars.tsx";
import { DailyChart, DurationChart, GapChart } from "./Charts.tsx";
import { Heartbeat } from "./Heartbeat.tsx";
import { Icon, StateIcon } from "./Icon.tsx";
import { Notices } from "./Notices.tsx";
import { Uptime } from "./Row.tsx";
import { Snippets } from "./Snippets.tsx";
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

interface Incident {
  status: string;
  start: string;
  end: string | null;
  durationMs: number;
  message: string | null;
}

export function ServiceView({ id }: { id: string }) {
  const source = services.get(id);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    scrollTo(0, 0);
    title.current?.focus({ preventScroll: true });
    wantHistory([id]);
  }, [id]);
  return (
    <article class="own" key={id}>
      <p class="back">
        <a href={overviewHref.value}>
          <Icon name="back" /> All services
        </a>
      </p>
      {source ? (
        <Known service={source.value} title={title} />
      ) : (
        <section class="panel none">
          <h2 ref={title} tabIndex={-1}>
            No such service
          </h2>
          <p>
            No service with the id <bdi>{id}</bdi> is watched here.
          </p>
        </section>
      )}
    </article>
  );
}

function Known({ service, title }: { service: Service; title: preact.RefObject<HTMLHeadingElement | null> }) {
  const { serviceId: id, status } = service;
  const description = details.value[id]?.description;
  return (
    <>
      <section class={`overall ${status}`} aria-labelledby="own-title">
        <StateIcon status={status} />
        <div>
          <h2 id="own-title" ref={title} tabIndex={-1} dir="auto">
            {service.serviceName}
          </h2>
          {description && <p dir="auto">{description}</p>}
          <p class="checked">
            <b class="state-word">{statusWord(status)}</b>
            {service.since && (
              <>
                {" "}
                since <Time at={Date.parse(service.since)} />
                <Lasting since={Date.parse(service.since)} />
              </>
            )}
          </p>
        </div>
        <Heartbeat service={service} />
      </section>
      <Notices />
      <Why service={service} />
      <Uptimes id={id} name={service.serviceName} />
      {settings.value.api.enableLogsEndpoint ? (
        <>
          <Incidents id={id} />
          <Log id={id} service={service} />
        </>
      ) : (
        <p class="notice">Incidents and the log of heartbeats are switched off in the monitor’s settings.</p>
      )}
      <section class="panel" aria-labelledby="send">
        <h2 id="send">Send heartbeats</h2>
        <p class="faint">
          The id is <code>{id}</code>. The key stays with you: it is none of the page’s business.
        </p>
        <Snippets id={id} />
      </section>
    </>
  );
}

function Lasting({ since }: { since: number }) {
  return <>, for {span(Math.max(0, Math.floor((tick.value - since) / 60_000) * 60_000))}</>;
}

// In one sentence why it is not up.
function Why({ service }: { service: Service }) {
  const sentence = why(service);
  return sentence ? (
    <p class={`why ${service.status}`} dir="auto">
      {sentence}
    </p>
  ) : null;
}

function why({ status, message, stalenessThreshold, lastSeen }: Service): string | undefined {
  if (message) return message;
  if (status === "down") return `No heartbeat came within ${span(stalenessThreshold)} of the last one.`;
  if (status === "degraded") return "The service itself reports that it is degraded.";
  if (status === "paused") return "It is paused: nobody is told of it, and its time counts as unknown.";
  if (status === "unknown") return lastSeen ? "The monitor cannot tell yet." : "It has never been heard.";
  return undefined;
}

function Uptimes({ id, name }: { id: string; name: string }) {
  const { retentionDays, features } = settings.value;
  if (!features.showUptimePercentage && !features.showUptimeHistory) return null;
  const spans: [string, number][] = [1, 7, 30, 90]
    .filter((days) => days < retentionDays)
    .map((days) => [days === 1 ? "Today" : `${days} days`, days]);
  spans.push([`All ${retentionDays} days`, retentionDays]);
  return (
    <section class="panel" aria-labelledby="uptime">
      <h2 id="uptime">Uptime</h2>
      {features.showUptimePercentage && (
        <dl class="uptimes">
          {spans.map(([label, days]) => (
            <div key={days}>
              <dt>{label}</dt>
              <dd>{isHistoryKnown(id) ? <Uptime id={id} value={uptime(daysOf(id, days))} /> : "…"}</dd>
            </div>
          ))}
        </dl>
      )}
      {features.showUptimeHistory && (
        <>
          <Bars id={id} days={Math.min(90, retentionDays)} name={name} />
          <DailyChart id={id} />
        </>
      )}
    </section>
  );
}

// What a request brought, or why it brought nothing.
function useAnswer<T>(path: string) {
  const answer = useSignal<T | null>(null);
  const problem = useSignal("");
  const wanted = useRef(signal(path)).current;
  wanted.value = path;
  useSignalEffect(() => {
    const abort = new AbortController();
    getJson<T>(wanted.value, abort.signal)
      .then((value) => ([answer.value, problem.value] = [value, ""]))
      .catch((error: ApiError) => abort.signal.aborted || (problem.value = error.message));
    return () => abort.abort();
  });
  return { answer: answer.value, problem: problem.value };
}

function Incidents({ id }: { id: string }) {
  const path = `/api/incidents?serviceId=${encodeURIComponent(id)}&limit=1000`; // all that are kept
  const { answer, problem } = useAnswer<{ incidents: Incident[]; next: string | null; complete?: boolean }>(
    path,
  );
  const incidents = answer?.incidents;
  return (
    <section class="panel" aria-labelledby="incidents">
      <h2 id="incidents">Incidents</h2>
      {problem && <p class="problem">{problem}</p>}
      {!answer && !problem && <p class="faint loading">Loading …</p>}
      {incidents?.length === 0 && <p class="faint">None is known.</p>}
      {answer?.complete === false && <p class="faint">Only those that the recent alerts tell of.</p>}
      {incidents && incidents.length > 0 && (
        <div class="scroll" tabIndex={0} role="group" aria-label="Incidents, newest first">
          <table>
            <thead>
              <tr>
                <th scope="col">State</th>
                <th scope="col">From</th>
                <th scope="col" class="to">
                  To
                </th>
                <th scope="col">Length</th>
                <th scope="col">Why</th>
              </tr>
            </thead>
            <tbody>
              {incidents.map((incident) => (
                <IncidentRow key={incident.start} incident={incident} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function IncidentRow({ incident: { status, start, end, durationMs, message } }: { incident: Incident }) {
  return (
    <tr>
      <th scope="row">
        <State status={status} />
      </th>
      <td>
        <Time at={Date.parse(start)} />
      </td>
      <td class="to">{end ? <Time at={Date.parse(end)} /> : "still"}</td>
      <td>{end ? span(durationMs) : <Since at={Date.parse(start)} />}</td>
      <td dir="auto">{message}</td>
    </tr>
  );
}

function Since({ at }: { at: number }) {
  return <>{span(Math.max(0, Math.floor((tick.value - at) / 60_000) * 60_000))}</>;
}

function State({ status }: { status: string }) {
  const known: Status = isStatus(status) ? status : "unknown";
  return (
    <span class={`word ${known}`}>
      <StateIcon status={known} /> {statusWord(known)}
    </span>
  );
}

interface LogAnswer {
  logs: LogEntry[];
  next: string | null;
  complete?: boolean;
}

const kFirst = 500; // entries, for the charts
const kShown = 25; // more on demand
const kMostPages = 5; // a page may be empty while older ones are not

function Log({ id, service }: { id: string; service: Service }) {
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
                <Time at={Date.parse(entry.timestamp)} />
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

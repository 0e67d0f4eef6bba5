// Everything about one service.
import { useEffect, useRef } from "preact/hooks";
import { useSignal, type Signal } from "@preact/signals";
import { tick } from "../model/clock.ts";
import type { Service } from "../model/data.ts";
import { lasting, span } from "../model/format.ts";
import { daysOf, isHistoryKnown, uptime, wantHistory } from "../model/history.ts";
import { compareHref, overviewHref, setOwnParams } from "../model/route.ts";
import { details, services, settings, statusWord } from "../model/services.ts";
import { ownDays } from "../model/view.ts";
import { Bars } from "./Bars.tsx";
import { Calendar } from "./Calendar.tsx";
import { DailyChart } from "./Charts.tsx";
import { Heartbeat } from "./Heartbeat.tsx";
import { Icon, StateIcon } from "./Icon.tsx";
import { Incidents } from "./Incidents.tsx";
import { Log, useLog } from "./Log.tsx";
import { Notices } from "./Notices.tsx";
import { Age } from "./Overall.tsx";
import { Uptime } from "./Row.tsx";
import { Sentence } from "./Sentence.tsx";
import { Snippets } from "./Snippets.tsx";
import { Time } from "./Time.tsx";
import { Days } from "./Toolbar.tsx";

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
        {services.size > 1 && <a href={compareHref(id)}>Compare with another</a>}
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
  const hasLog = settings.value.api.enableLogsEndpoint;
  const logged = useSignal(0); // the newest heartbeat in the log, which may be newer than what is published
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
            <Age />
            <b class="state-word">{statusWord(status)}</b>
            {service.since !== null && (
              <>
                {" "}
                since <Time at={service.since} />
                <Lasting since={service.since} />
              </>
            )}
          </p>
        </div>
        <Heartbeat service={service} seen={Math.max(service.lastSeen ?? 0, logged.value) || null} />
      </section>
      <Notices />
      <Why service={service} />
      <div class="panels">
        <Uptimes id={id} name={service.serviceName} />
        {hasLog ? (
          <Past service={service} logged={logged} />
        ) : (
          <p class="notice">
            Incidents and the log of heartbeats are switched off in the monitor’s settings.
          </p>
        )}
        <section class="panel" aria-labelledby="send">
          <h2 id="send">Send heartbeats</h2>
          <p class="faint">
            The id is <code>{id}</code>. The key stays with you: it is none of the page’s business.
          </p>
          <Snippets id={id} />
        </section>
      </div>
    </>
  );
}

function Past({ service, logged }: { service: Service; logged: Signal<number> }) {
  const log = useLog(service.serviceId);
  useEffect(() => {
    const newest = log.answer?.complete === false ? undefined : log.answer?.logs[0];
    logged.value = newest ? Date.parse(newest.timestamp) : 0;
  }, [log.answer]);
  return (
    <>
      <Incidents service={service} />
      <Log service={service} log={log} />
    </>
  );
}

function Lasting({ since }: { since: number }) {
  return <>, for {lasting(tick.value - since)}</>;
}

// In one sentence why it is not up.
function Why({ service }: { service: Service }) {
  const sentence = why(service);
  return sentence ? (
    <p class={`why ${service.status}`} dir="auto">
      <Sentence text={sentence} />
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
    .map((days) => [days === 1 ? "Today (UTC)" : `${days} days`, days]);
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
          <Days value={ownDays.value} onChoose={(days) => setOwnParams({ days: String(days) })} />
          <Bars id={id} days={ownDays.value} name={name} />
          <DailyChart id={id} days={ownDays.value} />
          <Calendar id={id} />
        </>
      )}
    </section>
  );
}

// Two services side by side, over the same days and on the same scale. The address has which, and how many days.
import { useEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import type { Service } from "../model/data.ts";
import { kUptimeDays } from "../model/data.ts";
import { daysOf, isHistoryKnown, uptime, wantHistory } from "../model/history.ts";
import { overviewHref, ownParam, serviceHref, setOwnParams } from "../model/route.ts";
import { serviceIds, services, settings } from "../model/services.ts";
import { ownDays } from "../model/view.ts";
import { Bars } from "./Bars.tsx";
import { DailyChart, mostDowntime } from "./Charts.tsx";
import { Heartbeat } from "./Heartbeat.tsx";
import { Icon } from "./Icon.tsx";
import { Notices } from "./Notices.tsx";
import { Age } from "./Overall.tsx";
import { Uptime } from "./Row.tsx";
import { State } from "./State.tsx";
import { Time } from "./Time.tsx";
import { Days } from "./Toolbar.tsx";

const sides = ["a", "b"] as const;

export function Compare() {
  const title = useRef<HTMLHeadingElement>(null);
  const ids = sides.map(ownParam);
  const known = ids.filter((id) => services.has(id));
  useEffect(() => {
    scrollTo(0, 0);
    title.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => wantHistory(known), [known.join()]);
  const days = ownDays.value;
  const most = Math.max(0, ...known.map((id) => mostDowntime(id, days)));
  return (
    <article class="own">
      <p class="back">
        <a href={overviewHref.value}>
          <Icon name="back" /> All services
        </a>
      </p>
      <h2 ref={title} tabIndex={-1}>
        <Age />
        Two services compared
      </h2>
      <Notices />
      <Days value={days} onChoose={(chosen) => setOwnParams({ days: String(chosen) })} />
      <div class="panels pair">
        {sides.map((side, i) => (
          <section key={side} class="panel" aria-label={i === 0 ? "One service" : "The other service"}>
            <Pick side={side} id={ids[i]!} />
            {services.has(ids[i]!) && <Side service={services.get(ids[i]!)!.value} days={days} most={most} />}
          </section>
        ))}
      </div>
    </article>
  );
}

function Side({ service, days, most }: { service: Service; days: number; most: number }) {
  const { serviceId: id, serviceName, status, since } = service;
  const { showUptimePercentage, showUptimeHistory } = settings.value.features;
  const spans = [
    ...kUptimeDays.filter((each) => each < settings.value.retentionDays),
    settings.value.retentionDays,
  ];
  return (
    <>
      <h3>
        <a href={serviceHref(id)} dir="auto">
          {serviceName}
        </a>
      </h3>
      <p>
        <State status={status} />
        {since !== null && (
          <>
            {" "}
            since <Time at={since} />
          </>
        )}
      </p>
      <Heartbeat service={service} />
      {showUptimePercentage && (
        <dl class="uptimes">
          {spans.map((each) => (
            <div key={each}>
              <dt>{each === 1 ? "Today (UTC)" : `${each} days`}</dt>
              <dd>{isHistoryKnown(id) ? <Uptime id={id} value={uptime(daysOf(id, each))} /> : "…"}</dd>
            </div>
          ))}
        </dl>
      )}
      {showUptimeHistory && (
        <>
          <Bars id={id} days={days} name={serviceName} />
          <DailyChart id={id} days={days} max={most} />
        </>
      )}
    </>
  );
}

const kMostOffered = 50;

// By its name or its id, as one types.
function Pick({ side, id }: { side: (typeof sides)[number]; id: string }) {
  const typed = useSignal<string | null>(null);
  const words = (typed.value ?? "").toLowerCase();
  const offered = serviceIds.value
    .map((each) => services.get(each)!.peek())
    .filter(({ serviceId, serviceName }) => `${serviceName}\n${serviceId}`.toLowerCase().includes(words))
    .slice(0, kMostOffered);
  const choose = (text: string) => {
    const chosen = serviceIds.value.find((each) => text === labelOf(each));
    typed.value = chosen ? null : text;
    if (chosen) setOwnParams({ [side]: chosen });
  };
  return (
    <>
      <input
        type="search"
        list={`services-${side}`}
        aria-label={side === "a" ? "One service" : "The other service"}
        placeholder="Choose a service"
        autocomplete="off"
        value={typed.value ?? (services.has(id) ? labelOf(id) : id)}
        onInput={(event) => choose(event.currentTarget.value)}
      />
      <datalist id={`services-${side}`}>
        {offered.map(({ serviceId }) => (
          <option key={serviceId} value={labelOf(serviceId)} />
        ))}
      </datalist>
      {id && !services.has(id) && <p class="problem">No service with the id {id} is watched here.</p>}
    </>
  );
}

const labelOf = (id: string): string => `${services.get(id)!.peek().serviceName} (${id})`;

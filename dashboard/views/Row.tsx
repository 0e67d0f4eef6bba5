// A service in the list: state, since when, last heartbeat, the days.
import type { Signal } from "@preact/signals";
import type { Service } from "../model/data.ts";
import { percent } from "../model/format.ts";
import { daysOf, isHistoryKnown, rank, thresholdsOf, uptime } from "../model/history.ts";
import { serviceHref } from "../model/route.ts";
import { details, settings, statusWord } from "../model/services.ts";
import { shownDays } from "../model/view.ts";
import { Bars } from "./Bars.tsx";
import { Heartbeat } from "./Heartbeat.tsx";
import { StateIcon } from "./Icon.tsx";
import { Sentence } from "./Sentence.tsx";
import { Time } from "./Time.tsx";

export function Row({ service: source }: { service: Signal<Service> }) {
  const service = source.value;
  const { serviceId: id, status } = service;
  const { showUptimeHistory, showUptimePercentage } = settings.value.features;
  const description = details.value[id]?.description;
  return (
    <li class={`service ${status}`} data-id={id}>
      <StateIcon status={status} />
      <div class="what">
        <h3>
          <a href={serviceHref(id)} dir="auto">
            {service.serviceName}
          </a>
        </h3>
        {description && <p dir="auto">{description}</p>}
      </div>
      <div class="state">
        <p>
          <b>{statusWord(status)}</b>
          {service.since && (
            <>
              {" "}
              <span>
                since <Time at={service.since} />
              </span>
            </>
          )}
        </p>
        <Heartbeat service={service} />
        {service.message && (
          <p class="message" dir="auto" title={service.message}>
            <Sentence text={service.message} />
          </p>
        )}
      </div>
      {showUptimeHistory && <RowBars id={id} name={service.serviceName} />}
      {showUptimePercentage && <RowUptime id={id} />}
    </li>
  );
}

function RowBars({ id, name }: { id: string; name: string }) {
  return (
    <div class="history">
      <Bars id={id} days={shownDays.value} name={name} />
    </div>
  );
}

function RowUptime({ id }: { id: string }) {
  return (
    <p class="uptime">
      {isHistoryKnown(id) ? (
        <Uptime id={id} value={uptime(daysOf(id, shownDays.value))} />
      ) : (
        <span class="faint">…</span>
      )}
    </p>
  );
}

export function Uptime({ id, value }: { id: string; value: number | null }) {
  if (value === null) return <span class="no-data">no data</span>;
  const thresholds = thresholdsOf(id);
  const { color, label } = thresholds[rank(thresholds, value)]!;
  return (
    <b class="graded" style={{ "--grade": color }} title={label}>
      {percent(value)}
    </b>
  );
}

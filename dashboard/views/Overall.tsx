// How everything is, in one sentence, and as numbers that filter when they are clicked.
import { age, isOld, overall } from "../model/age.ts";
import { tick } from "../model/clock.ts";
import type { Signal } from "@preact/signals";
import type { Service } from "../model/data.ts";
import { lasting, number, roughly } from "../model/format.ts";
import { refresh } from "../model/refresh.ts";
import { setParams, serviceHref } from "../model/route.ts";
import {
  byUrgencyThenNewest,
  checkedAt,
  counts,
  isFailing,
  isReadable,
  serviceIds,
  services,
  settings,
  statusRevision,
} from "../model/services.ts";
import { noFilters, statusFilter } from "../model/view.ts";
import { StateIcon } from "./Icon.tsx";
import { Sentence } from "./Sentence.tsx";
import { Time } from "./Time.tsx";

const kMostFailing = 6;

export function Overall() {
  const { status, age, sentence } = overall.value;
  return (
    <section class={`overall ${status}`} aria-labelledby="overall">
      <StateIcon status={status} />
      <div>
        <h2 id="overall">
          {age && <span class="age">{age} </span>}
          {sentence}
        </h2>
        <Checked />
      </div>
      {age && (
        <button type="button" onClick={() => void refresh()}>
          Refresh now
        </button>
      )}
      <Failing />
    </section>
  );
}

// What is wrong, why, and since when, before anything has to be looked for.
function Failing() {
  void statusRevision.value;
  const failing = serviceIds.value
    .map((id) => services.get(id)!)
    .filter((service) => isFailing(service.peek()))
    .sort((one, other) => byUrgencyThenNewest(one.peek(), other.peek()));
  if (failing.length === 0) return null;
  return (
    <ul class="failing">
      {failing.slice(0, kMostFailing).map((service) => (
        <FailingItem key={service.peek().serviceId} service={service} />
      ))}
      {failing.length > kMostFailing && (
        <li>
          <button type="button" class="quiet" onClick={showFailing}>
            and {number(failing.length - kMostFailing)} more
          </button>
        </li>
      )}
    </ul>
  );
}

function showFailing(): void {
  setParams({ ...noFilters, status: "failing" });
  document.querySelector(".toolbar")?.scrollIntoView();
}

function FailingItem({ service: source }: { service: Signal<Service> }) {
  const { serviceId, serviceName, status, since, message } = source.value;
  return (
    <li>
      <StateIcon status={status} />
      <p>
        <a href={serviceHref(serviceId)} dir="auto">
          {serviceName}
        </a>{" "}
        <b class={`word ${status}`}>{status}</b>
        {since && (
          <>
            {" "}
            since <Time at={since} />
          </>
        )}
        {message && (
          <>
            {": "}
            <bdi class="reason">
              <Sentence text={message} />
            </bdi>
          </>
        )}
      </p>
    </li>
  );
}

// In the head of a view that is not about everything: that it is not about the present.
export function Age() {
  return isOld.value && checkedAt.value !== null ? <b class="age">{lasting(age.value)} old: </b> : null;
}

function Checked() {
  if (!isReadable.value) {
    return (
      <p class="checked">
        How the services are is not known until it can be read again. Please try again in a minute.
      </p>
    );
  }
  const at = checkedAt.value;
  if (at === null || !settings.value.features.showLastUpdated) return null;
  return (
    <p class="checked">
      Last checked <Time at={at} />
      <CheckedAgo at={at} />
    </p>
  );
}

function CheckedAgo({ at }: { at: number }) {
  return <>, {roughly(Math.max(0, tick.value - at))} ago</>;
}

const cards: ["" | "down" | "degraded" | "unknown" | "up", keyof typeof counts.value, string][] = [
  ["", "total", "Services"],
  ["down", "down", "Down"],
  ["degraded", "degraded", "Degraded"],
  ["unknown", "unknown", "Unknown"],
  ["up", "up", "Up"],
];

export function Cards() {
  if (!isReadable.value) return null;
  return (
    <div class="cards" role="group" aria-label="Services by state">
      {cards.map(([status, name, word]) => {
        const isChosen = status !== "" && statusFilter.value === status;
        return (
          <button
            key={name}
            type="button"
            class={`card ${name}`}
            data-count={counts.value[name]}
            style={{ "--length": number(counts.value[name]).length }}
            aria-pressed={status === "" ? statusFilter.value === "" : isChosen}
            onClick={() => setParams({ status: isChosen ? "" : status })}
          >
            <b>{number(counts.value[name])}</b> <span>{word}</span>
          </button>
        );
      })}
    </div>
  );
}

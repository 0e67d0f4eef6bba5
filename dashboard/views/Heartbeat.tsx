// When a service was last heard, and when the reader will know that it is late. The state is the check's to decide. A
// heartbeat is published with a record, so that a threshold which has passed means nothing until the next record has had
// the time to come.
import { isOld } from "../model/age.ts";
import { tick } from "../model/clock.ts";
import type { Service } from "../model/data.ts";
import { roughly, span, utc, when } from "../model/format.ts";
import { seconds } from "../model/refresh.ts";
import { checkedAt, lagMs, settings, staleAfterMs } from "../model/services.ts";

const kSecondsShown = 120_000; // ms; with more left only minutes are worth saying
const kSpreadMs = 60_000; // until what was published is seen everywhere
const kChecksSpared = 2; // a snapshot is stale when three checks are missed, and one makes the next

export function Heartbeat({ service, seen = service.lastSeen }: { service: Service; seen?: number | null }) {
  const { stalenessThreshold, status } = service;
  if (seen === null) {
    return (
      <p class="heartbeat">
        <span>Never heard</span> <span class="due">threshold {span(stalenessThreshold)}</span>
      </p>
    );
  }
  return (
    <p class="heartbeat">
      heard{" "}
      <time dateTime={new Date(seen).toISOString()} title={utc(seen)}>
        <Ago at={seen} />
      </time>{" "}
      <Countdown due={seen + stalenessThreshold} isDown={status === "down"} threshold={stalenessThreshold} />
    </p>
  );
}

function Ago({ at }: { at: number }) {
  return <>{agoText(Math.max(0, tick.value - at))}</>;
}

const agoText = (ms: number): string => `${roughly(ms)} ago`;

// How much later than it happened the reader may know of a heartbeat. Without the collector each is published at once;
// with it, the next snapshot has it, which comes before this one is stale.
function publishingMs(): number {
  const nextMs = staleAfterMs.value - kChecksSpared * settings.value.checkIntervalSeconds * 1000;
  return (lagMs.value > 0 ? lagMs.value + kSpreadMs : nextMs) + seconds.value * 1000;
}

interface CountdownProperties {
  due: number;
  isDown: boolean;
  threshold: number;
}

function Countdown({ due, isDown, threshold }: CountdownProperties) {
  const about = `Down ${span(threshold)} after a heartbeat, of which this page knows up to ${span(publishingMs())} later`;
  return (
    <span class="due" title={about}>
      {countdown(due, isDown, tick.value)}
    </span>
  );
}

function countdown(due: number, isDown: boolean, now: number): string {
  if (isOld.value && checkedAt.value !== null) return `as of ${when(checkedAt.value, now)}`;
  const left = due + (isDown ? 0 : publishingMs()) - now;
  if (left > kSecondsShown) return `due in ${span(Math.floor(left / 60_000) * 60_000)}`;
  if (left >= 0) return `due in ${span(left)}`;
  const late = now - due;
  return `overdue by ${span(late < 3_600_000 ? Math.floor(late / 60_000) * 60_000 : late)}`;
}

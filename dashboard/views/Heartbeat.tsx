// When a service was last heard, and how long its threshold still leaves it. The state is the check's to decide: what is
// published may trail by an interval of records, so that a threshold that just passed means only that nothing newer is
// known.
import { tick } from "../model/clock.ts";
import type { Service } from "../model/data.ts";
import { roughly, span, utc, when } from "../model/format.ts";
import { loadedAt } from "../model/refresh.ts";
import { checkedAt, lagMs, settings } from "../model/services.ts";

const kSecondsShown = 120_000; // ms; with more left only minutes are worth saying
const kLateMs = 60_000; // beside the interval of records

export function Heartbeat({ service }: { service: Service }) {
  const seen = service.lastSeen ? Date.parse(service.lastSeen) : null;
  if (seen === null) {
    return (
      <p class="heartbeat">
        <span>Never heard</span> <span class="due">threshold {span(service.stalenessThreshold)}</span>
      </p>
    );
  }
  return (
    <p class="heartbeat">
      heard{" "}
      <time dateTime={service.lastSeen!} title={utc(seen)}>
        <Ago at={seen} />
      </time>{" "}
      <Countdown due={seen + service.stalenessThreshold + lagMs.value} />
    </p>
  );
}

function Ago({ at }: { at: number }) {
  return <>{agoText(Math.max(0, tick.value - at))}</>;
}

const agoText = (ms: number): string => `${roughly(ms)} ago`;

function Countdown({ due }: { due: number }) {
  const text = countdown(due, tick.value);
  return <span class="due">{text}</span>;
}

function countdown(due: number, now: number): string {
  const left = due - now;
  if (left > kSecondsShown) return `due in ${span(Math.floor(left / 60_000) * 60_000)}`;
  if (left >= 0) return `due in ${span(left)}`;
  if (-left < settings.value.recordSeconds * 1000 + kLateMs)
    return `as of ${when(checkedAt.value ?? loadedAt.value, now)}`;
  return `overdue by ${span(-left < 3_600_000 ? Math.floor(-left / 60_000) * 60_000 : -left)}`;
}

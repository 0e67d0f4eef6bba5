// A moment in the reader's own zone, in UTC on hover.
import { tick } from "../model/clock.ts";
import { utc, when } from "../model/format.ts";

export function Time({ at }: { at: number }) {
  const isSound = Number.isFinite(at);
  return isSound ? (
    <time dateTime={new Date(at).toISOString()} title={utc(at)}>
      {when(at, tick.peek())}
    </time>
  ) : null;
}

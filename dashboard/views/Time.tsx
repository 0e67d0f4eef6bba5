// A moment in the reader's own zone, in UTC on hover.
import { tick } from "../model/clock.ts";
import { utc, when } from "../model/format.ts";

export function Time({ at, print = when }: { at: number; print?: typeof when }) {
  const isSound = Number.isFinite(at);
  return isSound ? (
    <time dateTime={new Date(at).toISOString()} title={utc(at)}>
      {print(at, tick.peek())}
    </time>
  ) : null;
}

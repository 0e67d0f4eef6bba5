// When the reader was here before. A visit goes on while there are less than half an hour between two looks at it, in any
// tab.
import { serverNow } from "./clock.ts";
import { readJson, writeJson } from "./storage.ts";

interface Visits {
  before: number; // the end of the visit before this one, ms; 0: there was none
  now: number; // this one was last looked at
}

const kPauseMs = 30 * 60_000;

const isVisits = (value: unknown): value is Visits =>
  typeof value === "object" &&
  Number.isFinite((value as Visits | null)?.before) &&
  Number.isFinite((value as Visits).now);

let lastVisit = 0;

// With each snapshot that somebody sees.
export function noteVisit(): void {
  const known = readJson("visits", isVisits) ?? { before: 0, now: 0 };
  const now = serverNow();
  lastVisit = now - known.now > kPauseMs ? known.now : known.before;
  writeJson("visits", { before: lastVisit, now } satisfies Visits);
}

export const endOfLastVisit = (): number => lastVisit;

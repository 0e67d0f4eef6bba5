// The state of everything in one sentence, as the page says it without a script (src/page/overall.cpp). Both are held
// against tests/data/overall.json.
import type { Status } from "./data.ts";
import { lasting, number } from "./format.ts";

export interface Counts {
  total: number;
  up: number;
  degraded: number;
  down: number;
  unknown: number;
}

export interface Overall {
  status: Status; // the worst there is; unknown when what is known is too old to tell
  age: string; // how old it then is; else empty
  sentence: string;
}

interface Seen {
  isReadable: boolean;
  isChecked: boolean; // by the first check, at least
  counts: Counts;
  oldMs?: number; // since when this was so, when that is too long ago to be taken for the present
}

export function overallOf({ isReadable, isChecked, counts, oldMs }: Seen): Overall {
  const unknown = (sentence: string): Overall => ({ status: "unknown", age: "", sentence });
  if (!isReadable) return unknown("The monitor’s storage cannot be read right now");
  if (!isChecked) return unknown("Waiting for the first check");
  if (counts.total === 0) return unknown("No services are configured yet");
  const now = sentence(counts);
  if (oldMs === undefined) return { status: worst(counts), age: "", sentence: now };
  return { status: "unknown", age: `${lasting(oldMs)} old:`, sentence: inThePast(now) };
}

// As a clause: "both services were up".
const inThePast = (sentence: string): string =>
  sentence.charAt(0).toLowerCase() +
  sentence.slice(1).replace(/ (is|are) /, (_, is) => (is === "is" ? " was " : " were "));

function worst({ down, degraded, unknown }: Counts): Status {
  if (down > 0) return "down";
  if (degraded > 0) return "degraded";
  return unknown > 0 ? "unknown" : "up";
}

function sentence(all: Counts): string {
  for (const word of ["up", "degraded", "down", "unknown"] as const) {
    if (all[word] === all.total) return allAlike(all.total, word);
  }
  const parts = (["down", "degraded", "unknown"] as const)
    .filter((word) => all[word] > 0)
    .map((word) => [all[word], word] as const);
  return parts
    .map(([count, word], i) =>
      i === 0
        ? `${number(count)} of ${number(all.total)} services ${count === 1 ? "is" : "are"} ${word}`
        : `${number(count)} ${word}`,
    )
    .join(", ");
}

function allAlike(total: number, word: string): string {
  if (total === 1) return `The service is ${word}`;
  return `${total === 2 ? "Both" : `All ${number(total)}`} services are ${word}`;
}

// The state of everything in one sentence, as the page says it without a script (src/page_overall.cpp). Both are held
// against tests/data/overall.json.
import type { Status } from "./data.ts";

export interface Counts {
  total: number;
  up: number;
  degraded: number;
  down: number;
  unknown: number;
}

export interface Overall {
  status: Status; // the worst there is
  sentence: string;
}

interface Seen {
  isReadable: boolean;
  isChecked: boolean; // by the first check, at least
  counts: Counts;
}

export function overallOf({ isReadable, isChecked, counts }: Seen): Overall {
  if (!isReadable) return { status: "unknown", sentence: "The monitor’s storage cannot be read right now" };
  if (!isChecked) return { status: "unknown", sentence: "Waiting for the first check" };
  if (counts.total === 0) return { status: "unknown", sentence: "No services are configured yet" };
  return { status: worst(counts), sentence: sentence(counts) };
}

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
    .map(([number, word], i) =>
      i === 0
        ? `${number} of ${all.total} services ${number === 1 ? "is" : "are"} ${word}`
        : `${number} ${word}`,
    )
    .join(", ");
}

function allAlike(total: number, word: string): string {
  if (total === 1) return `The service is ${word}`;
  return `${total === 2 ? "Both" : `All ${total}`} services are ${word}`;
}

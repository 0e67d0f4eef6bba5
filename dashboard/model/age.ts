// How old what is shown is. All of the page is a view of one snapshot, the last answer of the monitor, which says what
// its last check found. What is older than it should be is not taken for the present: it is grey.
import { computed, effect } from "@preact/signals";
import { tick } from "./clock.ts";
import { overallOf, type Overall } from "./overall.ts";
import { loadedAt, seconds } from "./refresh.ts";
import { checkedAt, counts, isReadable, notices, staleAfterMs } from "./services.ts";

const kMostMissed = 2; // refreshes, before an open page has lost contact
const kSlackMs = 60_000;

// Since the check, or since the answer before the first check.
export const age = computed(() => Math.max(0, tick.value - (checkedAt.value ?? loadedAt.value)));

// The monitor says until when what it publishes holds; an open page is answered as often as it refreshes.
const isOverdue = computed(() => {
  const refreshMs = seconds.value * 1000;
  const unanswered = refreshMs > 0 ? tick.value - loadedAt.value - kMostMissed * refreshMs : 0;
  return age.value > staleAfterMs.value + refreshMs || unanswered > kSlackMs;
});

const isSaidToBeOld = computed(() => notices.value.some(({ kind }) => kind === "check-stale"));

export const isOld = computed(
  () => !isReadable.value || (checkedAt.value !== null && (isSaidToBeOld.value || isOverdue.value)),
);

// What to say of everything, and as which status.
export const overall = computed<Overall>(() =>
  overallOf({
    isReadable: isReadable.value,
    isChecked: checkedAt.value !== null,
    counts: counts.value,
    ...(isOld.value && { oldMs: age.value }),
  }),
);

// The style sheet takes the colours of the states away.
export function startAgeing(): void {
  effect(() => void document.documentElement.classList.toggle("old", isOld.value));
}

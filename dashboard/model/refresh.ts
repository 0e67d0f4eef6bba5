// Keeps the page up to date: one request of the page itself, which carries everything, alerts included.
import { batch, computed, effect, signal } from "@preact/signals";
import { isNotifying, offerAlerts } from "./alerts.ts";
import { ask, ApiError } from "./api.ts";
import { addSleep, setServerTime } from "./clock.ts";
import { dataInPage, isThisPage, type PageData } from "./data.ts";
import { setEmbedded } from "./history.ts";
import { announce } from "./live.ts";
import { route } from "./route.ts";
import { checkedAt, counts, isReadable, setData, settings, statusWord, type Change } from "./services.ts";
import { overallOf } from "./overall.ts";
import { read, write } from "./storage.ts";
import { noteVisit } from "./visit.ts";

const kWallSeconds = 60; // a wall has no controls
const kLongestWaitMs = 300_000; // between attempts that fail
const kMostNamed = 3; // changes that are read out one by one

export const loadedAt = signal(0); // the server's time of the snapshot that is shown, ms
export const snapshot = signal(0); // which one that is: grows with each
export const isRefreshing = signal(false);
export const failure = signal<string | null>(null); // why the last attempt failed
export const isOffline = signal(!navigator.onLine);
export const chosenSeconds = signal(0); // 0: by hand

export const seconds = computed(
  () => chosenSeconds.value || (route.value.view === "wall" ? kWallSeconds : 0),
);

export const intervals = (): number[] =>
  [...new Set([0, 30, 60, 300, usualSeconds()])].sort((one, other) => one - other);

// Alerts come with everything else, so that the more frequent of the two intervals is that of both.
function usualSeconds(): number {
  const { features, alertNotifications } = settings.value;
  const chosen = [features.autoRefreshSeconds, alertNotifications.pollingIntervalSeconds].filter(Boolean);
  return chosen.length > 0 ? Math.min(...chosen) : 0;
}

export function chooseSeconds(chosen: number): void {
  chosenSeconds.value = chosen;
  write("refresh-seconds", String(chosen));
}

const kShortestSleepMs = 30_000;
const kLongestSleepMs = 30 * 86_400_000; // beyond that somebody has set the clock
let [lastWall, lastSteady] = [Date.now(), performance.now()];

// For how long performance.now() stood still since it was last asked.
function sleptMs(): number {
  const slept = Date.now() - lastWall - (performance.now() - lastSteady);
  [lastWall, lastSteady] = [Date.now(), performance.now()];
  return slept > kShortestSleepMs && slept < kLongestSleepMs ? slept : 0;
}

// All of a snapshot at once, so that no panel is seen beside one of another.
export function takeOver(data: PageData, sent: number, received: number): Change[] {
  void sleptMs(); // what was slept before is of no account
  return batch(() => {
    setServerTime(data.now, sent, received);
    loadedAt.value = Date.parse(data.now);
    snapshot.value = snapshot.peek() + 1;
    const changes = setData(data);
    setEmbedded(data.history);
    if (data.alerts) void offerAlerts(data.alerts);
    if (document.visibilityState === "visible") noteVisit();
    return changes;
  });
}

let nextAt = Infinity; // of performance.now()
let attempts = 0;

export async function refresh(): Promise<void> {
  if (isRefreshing.value) return;
  isRefreshing.value = true;
  const sent = performance.now();
  try {
    const data = await currentData();
    announceChanges(takeOver(data, sent, performance.now()));
    failure.value = null;
    attempts = 0;
  } catch (error) {
    failure.value = (error as Error).message;
    attempts += 1;
  }
  isRefreshing.value = false;
  schedule();
}

// A store that cannot be read is said in the page, with status 503.
async function currentData(): Promise<PageData> {
  let html;
  try {
    html = await textOf(await ask("/"));
  } catch (error) {
    const data = error instanceof ApiError && dataInPage(error.body);
    if (data) return data;
    throw error;
  }
  const data = dataInPage(html);
  if (data) return data;
  throw new ApiError(
    isThisPage(html)
      ? "The monitor’s answer did not come whole"
      : "What answered is not the monitor; perhaps you have to sign in again",
    200,
  );
}

async function textOf(response: Response): Promise<string> {
  try {
    return await response.text();
  } catch {
    throw new ApiError("The monitor’s answer did not come whole", response.status);
  }
}

function schedule(): void {
  if (seconds.value === 0 && attempts === 0) nextAt = Infinity;
  else
    nextAt =
      performance.now() + Math.min((seconds.value || 30) * 1000 * 2 ** Math.max(0, attempts - 1), longest());
}

const longest = (): number => Math.max(kLongestWaitMs, seconds.value * 1000);

function announceChanges(changes: Change[]): void {
  if (changes.length === 0) return;
  const named = changes
    .slice(0, kMostNamed)
    .map(({ service }) => `${service.serviceName}: ${statusWord(service.status)}`);
  const { sentence } = overallOf({
    isReadable: isReadable.value,
    isChecked: checkedAt.value !== null,
    counts: counts.value,
  });
  announce([...named, sentence].join(". "));
}

export function startRefreshing(): void {
  const remembered = read("refresh-seconds");
  chosenSeconds.value =
    remembered !== null && intervals().includes(Number(remembered)) ? Number(remembered) : usualSeconds();
  effect(() => {
    void seconds.value;
    schedule();
  });
  setInterval(work, 1000);
  document.addEventListener("visibilitychange", work);
  addEventListener("offline", () => (isOffline.value = true));
  addEventListener("online", () => {
    isOffline.value = false;
    if (failure.value !== null) void refresh();
  });
}

// Nothing is fetched for a tab that nobody sees, unless the browser is to notify of alerts.
function work(): void {
  const slept = sleptMs();
  if (slept > 0) addSleep(slept);
  if (isOffline.value) return;
  const isVisible = document.visibilityState === "visible";
  if (isVisible ? performance.now() >= nextAt || slept > 0 : performance.now() >= nextAt && isNotifying())
    void refresh();
}

// Keeps the page up to date: one request of the page itself, which carries everything, alerts included.
import { computed, effect, signal } from "@preact/signals";
import { alertsDue, offerAlerts, pollAlerts } from "./alerts.ts";
import { ask, ApiError } from "./api.ts";
import { serverNow, setServerTime } from "./clock.ts";
import { dataInPage, type PageData } from "./data.ts";
import { setEmbedded } from "./history.ts";
import { announce } from "./live.ts";
import { route } from "./route.ts";
import { overall, setData, settings, statusWord, type Change } from "./services.ts";
import { read, write } from "./storage.ts";

const kWallSeconds = 60; // a wall has no controls
const kLongestWaitMs = 300_000; // between attempts that fail
const kMostNamed = 3; // changes that are read out one by one

export const loadedAt = signal(0); // the server's time of what is shown, ms
export const isRefreshing = signal(false);
export const failure = signal<string | null>(null); // why the last attempt failed
export const isOffline = signal(!navigator.onLine);
export const chosenSeconds = signal(0); // 0: by hand

export const seconds = computed(
  () => chosenSeconds.value || (route.value.view === "wall" ? kWallSeconds : 0),
);

export const intervals = (): number[] =>
  [...new Set([0, 30, 60, 300, settings.value.features.autoRefreshSeconds])].sort(
    (one, other) => one - other,
  );

export function chooseSeconds(chosen: number): void {
  chosenSeconds.value = chosen;
  write("refresh-seconds", String(chosen));
}

export function takeOver(data: PageData, sent: number, received: number): Change[] {
  setServerTime(data.now, sent, received);
  loadedAt.value = Date.parse(data.now);
  const changes = setData(data);
  setEmbedded(data.history);
  if (data.alerts) void offerAlerts(data.alerts);
  return changes;
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
  try {
    const data = dataInPage(await (await ask("/")).text());
    if (data) return data;
  } catch (error) {
    const data = error instanceof ApiError && dataInPage(error.body);
    if (data) return data;
    throw error;
  }
  throw new ApiError("What answered is not the monitor; perhaps you have to sign in again", 200);
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
  announce([...named, overall().sentence].join(". "));
}

export function startRefreshing(): void {
  const usual = settings.value.features.autoRefreshSeconds;
  const remembered = read("refresh-seconds");
  chosenSeconds.value =
    remembered !== null && intervals().includes(Number(remembered)) ? Number(remembered) : usual;
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

// Nothing is fetched for a tab that nobody sees, except alerts that the browser is to tell.
function work(): void {
  if (isOffline.value) return;
  const isVisible = document.visibilityState === "visible";
  if (isVisible && (performance.now() >= nextAt || hasSlept())) void refresh();
  else if (!isRefreshing.value && !carriesAlerts(isVisible) && alertsDue(isVisible)) void pollAlerts();
}

// Whether refreshing brings alerts often enough, so that they need no requests of their own.
function carriesAlerts(isVisible: boolean): boolean {
  const { pollingIntervalSeconds } = settings.value.alertNotifications;
  return isVisible && seconds.value > 0 && seconds.value <= pollingIntervalSeconds;
}

// performance.now() may stand still while the machine sleeps: then the time that is shown is too early.
let [lastWall, lastSteady] = [Date.now(), performance.now()];
function hasSlept(): boolean {
  const [wall, steady] = [Date.now() - lastWall, performance.now() - lastSteady];
  [lastWall, lastSteady] = [Date.now(), performance.now()];
  return wall - steady > 30_000;
}

// How old what is shown is, ms.
export const age = (): number => serverNow() - loadedAt.value;

// The server's time. The reader's own clock may be wrong, so it is asked only how much time has passed.
import { signal } from "@preact/signals";

let base = 0; // ms, the server's time …
let measuredAt = 0; // … at this moment of performance.now()

// `sent` and `received` are moments of performance.now(): the server was asked at some time between them.
export function setServerTime(now: string, sent: number, received: number): void {
  base = Date.parse(now);
  measuredAt = (sent + received) / 2;
  tick.value = serverNow();
}

export const serverNow = (): number => base + performance.now() - measuredAt;

// performance.now() may stand still while the machine sleeps.
export function addSleep(ms: number): void {
  base += ms;
  tick.value = serverNow();
}

// The time to show, in steps of a second, and of half a minute while nobody looks at more than the tab.
export const tick = signal(0);

const kHiddenStepMs = 30_000;

export function startTicking(): void {
  setInterval(() => {
    const now = serverNow();
    if (document.visibilityState === "visible" || now - tick.peek() >= kHiddenStepMs) tick.value = now;
  }, 1000);
}

// Until the browser has done what it had to do meanwhile.
export const breath = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve();
    port2.postMessage(0);
  });

// Calls back when the browser has nothing more urgent to do; returns how to stop it.
export function whenIdle(work: () => void): () => void {
  if (!("requestIdleCallback" in globalThis)) {
    const timer = setTimeout(work, 1);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(work, { timeout: 2000 });
  return () => cancelIdleCallback(handle);
}

export const utcDay = (time: number): string => new Date(time).toISOString().slice(0, 10);

export const kDay = 86_400_000;

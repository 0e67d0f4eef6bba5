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

// The time to show, in whole steps of a second. It stands still while nobody looks.
export const tick = signal(0);

export function startTicking(): void {
  setInterval(() => {
    if (document.visibilityState === "visible") tick.value = serverNow();
  }, 1000);
}

export const utcDay = (time: number): string => new Date(time).toISOString().slice(0, 10);

export const kDay = 86_400_000;

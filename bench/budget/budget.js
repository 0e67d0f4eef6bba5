// Plays the day of a load and tells what it costs, and whether that is within the budget.

import { startMonitor } from "./monitor.js";
import { measured } from "./quotas.js";
import { judge } from "./right.js";
import { total } from "./tally.js";

const kMidnight = Date.parse("2026-11-22T00:00:00.000Z");
const kMinute = 60_000;
const kAround = 10; // minutes before and after, for what a first start costs and for what is still to be published
const kStep = 30; // minutes at once

// The first `hours` of a load's day: {name, title, hours, seconds, measures, right, tally, complaints, ok}. `onProgress`
// is called with the minutes played, 0 at the beginning.
export async function playDay(load, { hours = 24, onProgress = () => {} }) {
  const began = Date.now();
  onProgress(0);
  const monitor = await startMonitor(load);
  try {
    const warmUp = kMidnight - kAround * kMinute;
    const window = { start: kMidnight, end: kMidnight + hours * 60 * kMinute };
    await monitor.play(warmUp, kAround);
    const counted = await playHours(monitor, window, onProgress);
    const after = await monitor.play(window.end, kAround);
    const until = window.end + kAround * kMinute;
    await monitor.evict(); // what is judged is in the rows
    const measures = measured(load, hours, counted);
    const tallies = { counted, after };
    const right = await judge({ monitor, load, window, warmUp, until, tallies, measures });
    const ok = measures.every(({ exceeded }) => !exceeded) && right.every(({ faults }) => !faults.length);
    const seconds = Math.round((Date.now() - began) / 1000);
    const { name, title } = load;
    return {
      name,
      title,
      hours,
      seconds,
      ok,
      measures,
      right,
      tally: counted,
      complaints: monitor.complaints(),
    };
  } finally {
    await monitor.close();
  }
}

// Every hour the collector is evicted, as the platform does when it likes.
async function playHours(monitor, { start, end }, onProgress) {
  const tallies = [];
  for (let time = start; time < end; time += kStep * kMinute) {
    if (time > start && (time - start) % (60 * kMinute) === 0) await monitor.evict();
    tallies.push(await monitor.play(time, Math.min(kStep, (end - time) / kMinute)));
    onProgress((Math.min(time + kStep * kMinute, end) - start) / kMinute);
  }
  return total(tallies);
}

// The clock that `wrangler dev` lacks: it runs the checks when Cloudflare's cron triggers would.
import { isDue } from "./cron.mjs";

const kMinute = 60_000;

// Runs `check(cron, time)` once at once, then in every whole minute in which a cron is due.
export function onSchedule(crons, check) {
  let timer;
  const wait = (last) => {
    const next = last + kMinute;
    timer = setTimeout(() => {
      for (const cron of crons.filter((each) => isDue(each, next))) check(cron, next);
      wait(Math.max(next, thisMinute())); // a machine that slept does not catch up
    }, next - Date.now());
  };
  if (crons.length > 0) check(crons[0], thisMinute());
  wait(thisMinute());
  return { stop: () => clearTimeout(timer) };
}

const thisMinute = () => Math.floor(Date.now() / kMinute) * kMinute;

// How far Ninja is: on a terminal one line that counts up, elsewhere a line now and then.
import { say } from "./say.mjs";

const kPauseMs = 10_000; // between two lines

// Takes what Ninja prints, as it comes.
export function ninjaProgress(title) {
  let next = 0;
  return (text) => {
    const [, step, steps] = [...text.matchAll(/\[([1-9]\d*)\/(\d+)\]/g)].at(-1) ?? [];
    if (!step) return;
    const line = `${title}: ${step} of ${steps}`;
    if (process.stdout.isTTY) process.stdout.write(`\r\x1b[K${line}${step === steps ? "\n" : ""}`);
    else if (Date.now() >= next) {
      next = Date.now() + kPauseMs;
      say(line);
    }
  };
}

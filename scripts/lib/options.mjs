// The options of a command, or a sentence that says which there are.
import { parseArgs } from "node:util";
import { Failure } from "./say.mjs";

// `usage` is the sentence; `count` how many words besides the options there may be, at least and at most.
export function optionsOf(args, { options, usage, count: [least, most] = [0, 0] }) {
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    if (positionals.length >= least && positionals.length <= most) return { ...values, words: positionals };
  } catch {
    // said below
  }
  throw new Failure(usage);
}

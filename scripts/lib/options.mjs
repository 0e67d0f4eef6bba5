// The options of a command, or a sentence that says which there are.
import { parseArgs } from "node:util";
import { Failure, misused } from "./say.mjs";

// `usage` is the command's page of help; `count` how many words besides the options there may be, at least and at most.
export function optionsOf(args, { options, usage, count: [least, most] = [0, 0] }) {
  const { values, positionals } = parsed(args, options, usage);
  if (positionals.length >= least && positionals.length <= most) return { ...values, words: positionals };
  throw new Failure(misused(`It is called as ${usage.split("\n", 1)[0]}.`, usage));
}

function parsed(args, options, usage) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new Failure(misused(`${error.message.split(/[.\n]/, 1)[0]}.`, usage));
  }
}

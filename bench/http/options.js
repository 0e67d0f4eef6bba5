// What the command is asked for.

import { parseArgs } from "node:util";

import { Failure } from "../../scripts/lib/say.mjs";

const kMost = 1_000; // rounds

// {rounds, json}.
export function optionsOf(args) {
  const { rounds, json } = parsed(args);
  if (/^\d+$/.test(rounds) && rounds > 0 && rounds <= kMost) return { rounds: Number(rounds), json };
  throw new Failure(`--rounds takes a number up to ${kMost}: npm run bench:http -- --rounds 20`);
}

function parsed(args) {
  const options = { rounds: { type: "string", default: "9" }, json: { type: "boolean", default: false } };
  try {
    return parseArgs({ args, options }).values;
  } catch {
    throw new Failure("The options are --rounds and --json. More: npm run bench:http -- --help");
  }
}

// What the command is asked for.

import { parseArgs } from "node:util";

import { Failure } from "../../scripts/lib/say.mjs";
import { loads } from "./loads.js";

// {loads, hours, json}.
export function optionsOf(args) {
  const { values, positionals } = parsed(args);
  return { loads: chosen(positionals), hours: hoursOf(values), json: values.json };
}

function parsed(args) {
  const options = { hours: { type: "string", default: "24" }, json: { type: "boolean", default: false } };
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch {
    throw new Failure(
      "The options are --hours and --json: npm run budget -- flapping --hours 2 --json. More: npm run budget -- --help",
    );
  }
}

function hoursOf({ hours: text }) {
  const minutes = Number(text) * 60;
  if (minutes > 0 && minutes <= 24 * 60 && Number.isInteger(minutes)) return Number(text);
  throw new Failure("--hours takes a number up to 24, in whole minutes: npm run budget -- --hours 0.5");
}

function chosen(names) {
  const unknown = names.filter((name) => !loads.some((load) => load.name === name));
  const all = loads.map(({ name }) => name).join(", ");
  if (unknown.length > 0) throw new Failure(`No such load: ${unknown.join(", ")}. There are: ${all}.`);
  return names.length === 0 ? loads : loads.filter(({ name }) => names.includes(name));
}

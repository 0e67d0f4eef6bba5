// The rounds of an event: the core steps, what it asks for is read, what it orders is done, and the same event comes
// again with what came of it, until nothing more is to come.

import { log } from "./log.js";
import { sendAll } from "./sends.js";

const kNothing = new Uint8Array();

// Plays an event, to its {reply, limited, followUps}. The host is who plays it:
//
//   step(input, event)   a step of the core, with what only the host knows
//   keep(outcome)        writes its rows, and remembers its session
//   read(wanted)         a document {key, head}, or its first bytes, as readDocument does
//   readRows(range)      rows of the collector
//   readerRate()         the client's, as inputs have it
//   zones()              the changes of clocks of the zones that the configuration names, as inputs have them
//   store(outcome)       writes what has to be written before anything is sent, and gives its results, or throws
//   run(event)           lets the collector play the event, to its {reply, followUps}, or throws
//   keepsDocuments       whether later rounds get the documents of the first; else they are given to the step
//   platform             as sendAll takes them
export async function play(host, event) {
  let came = {}; // of what was ordered
  const followUps = [];
  for (;;) {
    const { outcome, documents, zones } = await settle(host, came, event);
    const refused = { ...came, documents, zones, refused: true };
    if (outcome.kind === "forward") {
      if (came.refused) throw new Error("the core forwards what was refused");
      try {
        return await host.run(outcome.event);
      } catch (error) {
        log("error", `the collector failed: ${error.message}`, "collector-failed");
        came = refused;
        continue;
      }
    }
    followUps.push(...outcome.followUps);
    const { reply, limited, sends, continuation } = outcome;
    if (came.refused) return { reply, limited, followUps };
    const results = isToBeStored(outcome) ? await stored(host, outcome) : [];
    if (!results) {
      came = refused;
      continue;
    }
    const answers = sends.length ? await sendAll(sends, host.platform) : [];
    if (results.length + answers.length === 0) return { reply, limited, followUps };
    came = { continuation, results, answers, documents, zones };
  }
}

// Steps until nothing is asked for, to the outcome and the documents that later rounds get: what may be let go of is not
// held while anything is put. Rows that were read before a document was waited for may be old by then, and are not
// handed in again.
export async function settle(host, came, event) {
  let { documents = [], zones = kNothing } = came;
  let [ranges, rows] = [[], []];
  let readerRate = 0;
  for (;;) {
    const given = host.keepsDocuments ? undefined : documents;
    const outcome = host.step({ ...came, documents, zones, given, ranges, rows, readerRate }, event);
    host.keep(outcome);
    if (outcome.kind !== "ask") return { outcome, documents: host.keepsDocuments ? documents : [], zones };
    if (outcome.zones) zones = host.zones();
    if (outcome.readerRate) readerRate = await host.readerRate();
    if (outcome.documents.length) {
      documents = [
        ...(await Promise.all(outcome.documents.map((wanted) => host.read(wanted)))),
        ...documents,
      ];
      [ranges, rows] = [[], []];
    }
    ranges = [...ranges, ...outcome.ranges];
    rows = [...rows, ...outcome.ranges.flatMap((range) => host.readRows(range))];
  }
}

const isToBeStored = ({ append, merges, puts }) => append || merges.length + puts.length > 0;

// Undefined: it could not be stored.
async function stored(host, outcome) {
  try {
    return await host.store(outcome);
  } catch (error) {
    log("error", `a write failed: ${error.message}`, "write-failed");
    return undefined;
  }
}

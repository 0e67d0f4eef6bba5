import assert from "node:assert/strict";
import { before, describe, test } from "node:test";

import { playDay } from "../../bench/budget/budget.js";
import { loads } from "../../bench/budget/loads.js";

// The first hours of each load's day, and the heartbeats that come in them.
const kDays = [
  { name: "small", hours: 1, heartbeats: 3_000 },
  { name: "flapping", hours: 1, heartbeats: 2_910 }, // five services send nothing for six minutes of ten
  { name: "large", hours: 0.5, heartbeats: 150 },
];

for (const { name, hours, heartbeats } of kDays)
  describe(`${hours} h of the load "${name}"`, () => {
    let day;
    before(
      async () =>
        (day = await playDay(
          loads.find((load) => load.name === name),
          { hours },
        )),
    );

    test("all of it is played", () => {
      const minutes = hours * 60;
      assert.deepEqual(day.tally.requests, { heartbeats, checks: minutes, polls: 3 * minutes });
    });

    test("what is counted is within the limits", () => {
      assert.deepEqual(
        day.measures.filter(({ exceeded }) => exceeded),
        [],
      );
    });

    test("nothing is done that is not counted", () => {
      const { kvReads, kvWrites, objectRequests, rowsWritten, subrequests } = day.tally;
      assert.equal(objectRequests.append, heartbeats);
      assert.equal(rowsWritten.beat, heartbeats);
      const publishings = kvWrites["monitor:data"];
      assert.equal(kvReads["monitor:latest"], 3 * hours * 60 + publishings);
      assert.ok(publishings >= 12 * hours);
      assert.equal(subrequests.heartbeats, 1);
    });

    test("the monitor does what it should meanwhile", () => {
      const wrong = day.right.filter(({ faults }) => faults.length > 0);
      assert.deepEqual({ wrong, complaints: day.complaints }, { wrong: [], complaints: [] });
    });
  });

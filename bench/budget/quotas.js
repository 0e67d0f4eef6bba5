// What a day may use: the free plan's quotas and the design's limits.

import { mostOf, sumOf } from "./tally.js";

const kHours = 24;
const kPutsOfARecord = 3; // one for each key
const kRecordsAnHour = 12;

// `used` is what was counted of it. `quota` is what the free plan gives a day or an invocation; `limit` what the design
// allows in the first hours of a load's day. Without one it is the quota, in proportion.
export const measures = [
  {
    name: "requests",
    title: "requests, checks included, strangers not",
    quota: 100_000,
    used: ({ requests }) => sumOf(requests) - (requests.strangers ?? 0),
  },
  {
    name: "countedRequests",
    title: ({ limits }) => `requests: ${limits.counted.join(", ")}`,
    used: ({ requests }, { limits }) => limits.counted.reduce((sum, kind) => sum + (requests[kind] ?? 0), 0),
    limit: ({ limits }, hours) => (limits.requests * hours) / kHours,
  },
  { name: "checks", title: "checks (cron)", used: ({ requests }) => requests.checks ?? 0 },
  { name: "kvReads", title: "KV reads", quota: 100_000, used: ({ kvReads }) => sumOf(kvReads) },
  {
    name: "kvWrites",
    title: "KV writes",
    quota: 1_000,
    used: ({ kvWrites }) => sumOf(kvWrites),
    limit: (_, hours) => 900 - kPutsOfARecord * kRecordsAnHour * (kHours - hours), // the others can still be made
  },
  {
    name: "objectRequests",
    title: "object requests",
    quota: 100_000,
    used: ({ objectRequests }) => sumOf(objectRequests),
  },
  {
    name: "rowsWritten",
    title: "rows written",
    quota: 100_000,
    used: ({ rowsWritten }) => sumOf(rowsWritten),
  },
  {
    name: "rowsWrittenPerRequest",
    title: "rows written for a heartbeat or check",
    used: ({ rowsWritten, requests }) => sumOf(rowsWritten) / ((requests.heartbeats ?? 0) + requests.checks),
    limit: () => 1.2,
  },
  { name: "rowsRead", title: "rows read", quota: 5_000_000, used: ({ rowsRead }) => sumOf(rowsRead) },
  { name: "sends", title: "sends", used: ({ sends }) => sumOf(sends) },
  {
    name: "subrequests",
    title: "subrequests, most of one invocation",
    perInvocation: true,
    quota: 50,
    used: ({ subrequests }) => mostOf(subrequests),
  },
];

// {name, title, used, limit?, quota?, exceeded} for each; the limit is that of these hours, the quota that of a day.
export function measured(load, hours, tally) {
  return measures.map(({ name, title, used, limit, quota, perInvocation }) => {
    // What strangers may cost is for the day, whenever they come.
    const isOfADay = perInvocation || load.strangers;
    const ofQuota = quota && (isOfADay ? quota : (quota * hours) / kHours);
    const row = {
      name,
      title: typeof title === "function" ? title(load) : title,
      used: used(tally, load),
      limit: limit?.(load, hours) ?? ofQuota,
      quota,
    };
    return { ...row, exceeded: row.used > row.limit };
  });
}

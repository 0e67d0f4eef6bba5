// The two ways to keep heartbeats. What the tests of both ask of them is the same but for what stands here.
export const kModes = [
  {
    mode: "with the collector",
    collector: true,
    lagSeconds: 0, // that every threshold is longer
    status: {}, // of /api/status, beside what it always has
    logs: {}, // and so of /api/logs and /api/incidents
    heartbeatsTouch: ["beat:0001"], // what the first request is stored in
    healthyForSeconds: 3 * 60, // after a check
    selfStatus: 503, // of /api/self without an ALERT_API_KEY
    mendsInMinutes: 60 + 6, // damaged documents in KV: they may come back, and are given an hour
  },
  {
    mode: "with KV only",
    collector: false,
    lagSeconds: 60,
    status: { kvLagSeconds: 60 },
    logs: { complete: false },
    heartbeatsTouch: ["monitor:latest"],
    healthyForSeconds: 300 + 3 * 60 + 60,
    selfStatus: 404,
    mendsInMinutes: 1,
  },
];

// A day's costs as a person reads them.

const kDetails = {
  requests: "requests",
  notices: "notices",
  kvReads: "KV reads",
  kvWrites: "KV writes",
  starts: "starts",
  objectRequests: "object requests",
  rowsWritten: "rows written",
  rowsRead: "rows read",
  sends: "sends",
  subrequests: "subrequests, most of one",
};

export const footer = `The limit is that of the hours played, the free plan's quota that of a day. CPU time is not counted here:
"npm run bench" measures it.`;

export function table({ title, hours, seconds, measures, right, tally, complaints }) {
  const rows = measures.map(({ title, used, limit, quota, exceeded }) => [
    title,
    number(used),
    number(limit),
    number(quota),
    exceeded ? "EXCEEDED" : "",
  ]);
  const head = ["", "used", "limit", "a day, free", ""];
  return [
    `${title} (${hours} h, played in ${seconds} s)`,
    "",
    ...aligned([head, ...rows]),
    "",
    ...Object.entries(kDetails).map(([heading, name]) => `  ${name}: ${details(tally[heading])}`),
    "",
    ...right.flatMap(({ name, faults }) => [
      `  ${faults.length ? "WRONG" : "right"}  ${name}`,
      ...faults.map((fault) => `         ${fault}`),
    ]),
    ...(complaints.length ? ["", ...complaints.map((line) => `  ${line}`)] : []),
  ].join("\n");
}

function details(numbers) {
  const parts = Object.entries(numbers).toSorted(([, one], [, other]) => other - one);
  return parts.map(([name, count]) => `${name} ${number(count)}`).join(", ") || "none";
}

function aligned(rows) {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  const cell = (text, i) => (i === 0 ? text.padEnd(widths[i]) : text.padStart(widths[i]));
  return rows.map((row) => `  ${row.map(cell).join("  ").trimEnd()}`);
}

function number(value) {
  if (value === undefined) return "";
  return value.toLocaleString("en", { maximumFractionDigits: 2 });
}

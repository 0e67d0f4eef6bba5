// What was counted: numbers by name under each heading. Subrequests are the most of one invocation, all else sums.

const kHeadings = [
  "requests", // by kind, and checks
  "answers", // by kind and HTTP status
  "notices", // by kind, as the polls were shown them
  "kvReads", // by key
  "kvWrites", // by key
  "starts", // of the collector
  "objectRequests", // by kind of event
  "rowsWritten", // by the kind of row
  "rowsRead", // by kind of event
  "sends", // by host
  "subrequests", // by kind of invocation
];

export const emptyTally = () => Object.fromEntries(kHeadings.map((heading) => [heading, {}]));

export const sumOf = (numbers) => Object.values(numbers).reduce((sum, number) => sum + number, 0);
export const mostOf = (numbers) => Math.max(0, ...Object.values(numbers));

export function addTo(tally, heading, name, number) {
  const numbers = tally[heading];
  const before = numbers[name] ?? 0;
  numbers[name] = heading === "subrequests" ? Math.max(before, number) : before + number;
}

export function total(tallies) {
  const sum = emptyTally();
  for (const tally of tallies)
    for (const [heading, numbers] of Object.entries(tally))
      for (const [name, number] of Object.entries(numbers)) addTo(sum, heading, name, number);
  return sum;
}

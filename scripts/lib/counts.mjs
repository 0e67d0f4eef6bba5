// How many tests passed and failed, out of what test programs print at their end.

// Catch2, versions 2 and 3: test cases.
export function catchCounts(output) {
  const all = output.match(/^All tests passed \(.* in (\d+) test cases?\)/m);
  if (all) return { passed: Number(all[1]), failed: 0 };
  const line = output.match(/^test cases: .*/m)?.[0] ?? "";
  return { passed: number(line, /(\d+) passed/), failed: number(line, /(\d+) failed(?! as)/) };
}

// `node --test` with the reporter "spec". Skipped tests have not passed.
export function nodeCounts(output) {
  const count = (name) => number(output, new RegExp(`^ℹ ${name} (\\d+)$`, "m"));
  return { passed: count("pass"), failed: count("fail") + count("cancelled") + count("skipped") };
}

const number = (text, pattern) => Number(text.match(pattern)?.[1] ?? 0);

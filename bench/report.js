// What "workerd bench" has measured, as rows to read: each operation and size with the same in JavaScript, how many times
// that takes, the floor, and how the operation grows: with the power of its size that the last column has.

const kOthers = { JavaScript: " (JavaScript)", floor: " (floor)" };

// [{name, services, us, JavaScript, floor, growth}], CPU times in µs, as medians; what was not measured is left out.
export function rowsOf({ groups }) {
  const times = new Map(groups.flatMap(({ cases }) => cases).map(({ name, cpuNs }) => [name, us(cpuNs)]));
  const rows = [...times].map(([name, us]) => ({ ...partsOf(name), us }));
  const timeOf = (name, services) => times.get(`${name}, ${services} services`);
  return rows
    .filter(({ name }) => !Object.values(kOthers).some((other) => name.endsWith(other)))
    .map((row) => ({
      ...row,
      JavaScript: timeOf(row.name + kOthers.JavaScript, row.services),
      floor: timeOf(row.name + kOthers.floor, row.services),
      growth: growth(row, timeOf(row.name, row.services / 10)),
    }))
    .toSorted((one, other) => one.name.localeCompare(other.name) || one.services - other.services);
}

export function tableOf(rows) {
  const number = (value) => value?.toLocaleString("en", { maximumSignificantDigits: 3 }) ?? "";
  const cells = rows.map(({ name, services, us, JavaScript, floor, growth }) => [
    name,
    number(services),
    number(us),
    number(JavaScript),
    number(JavaScript && JavaScript / us),
    number(floor),
    number(growth),
  ]);
  return [["CPU, median", "services", "µs", "JavaScript", "times", "floor", "growth"], ...cells];
}

const us = (cpuNs) => cpuNs && cpuNs.median / 1000;

function partsOf(name) {
  const [, operation, services] = /^(.*), (\d+) services$/.exec(name);
  return { name: operation, services: Number(services) };
}

// Of ten times as many services.
const growth = ({ us }, before) => before && Math.log10(us / before);

// Times, spans and percentages in words.

const units: [string, number][] = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["min", 60_000],
  ["s", 1_000],
];

// The two largest units: "3 h 12 min".
export function span(ms: number): string {
  const first = units.findIndex(([, length]) => ms >= length);
  if (first < 0) return "0 s";
  const [unit, length] = units[first]!;
  const count = Math.floor(ms / length);
  const next = units[first + 1];
  const rest = next ? Math.floor((ms % length) / next[1]) : 0;
  return rest > 0 ? `${count} ${unit} ${rest} ${next![0]}` : `${count} ${unit}`;
}

// In whole minutes, for what goes on.
export const lasting = (ms: number): string =>
  ms < 60_000 ? "less than a minute" : span(Math.floor(ms / 60_000) * 60_000);

// The largest unit only: what is beside it changes too often to be read.
export function roughly(ms: number): string {
  const [unit, length] = units.find(([, each]) => ms >= each) ?? ["s", 1_000];
  return `${Math.max(0, Math.floor(ms / length))} ${unit}`;
}

const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
const dayOfYear = { day: "numeric", month: "short" } as const;

// Prints times in the reader's zone, with as much of the date as it takes.
function printer(clock: Intl.DateTimeFormatOptions): (time: number, now: number) => string {
  const timeOnly = new Intl.DateTimeFormat(undefined, clock);
  const thisYear = new Intl.DateTimeFormat(undefined, { ...dayOfYear, ...clock });
  const otherYear = new Intl.DateTimeFormat(undefined, { ...dayOfYear, year: "numeric", ...clock });
  return (time, now) => {
    const [date, today] = [new Date(time), new Date(now)];
    if (date.toDateString() === today.toDateString()) return timeOnly.format(date);
    return (date.getFullYear() === today.getFullYear() ? thisYear : otherYear).format(date);
  };
}

export const when = printer(clock);
export const whenToTheSecond = printer({ ...clock, second: "2-digit" });

export const utc = (time: number): string =>
  `${new Date(time).toISOString().slice(0, 19).replace("T", " ")} UTC`;

const dayOnly = new Intl.DateTimeFormat(undefined, { ...dayOfYear, year: "numeric", timeZone: "UTC" });

// Of a UTC day such as 2026-11-22.
export const day = (iso: string): string => dayOnly.format(new Date(`${iso}T00:00:00Z`));

export const zone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

// It never says 100 of something that is less.
export function percent(value: number): string {
  const rounded = value < 100 ? Math.min(Math.round(value * 100) / 100, 99.99) : 100;
  return `${Number.isInteger(rounded) ? rounded : rounded.toFixed(2)} %`;
}

const grouped = new Intl.NumberFormat();

export const number = (value: number): string => grouped.format(value);

export const count = (value: number, one: string, many: string): string =>
  `${number(value)} ${value === 1 ? one : many}`;

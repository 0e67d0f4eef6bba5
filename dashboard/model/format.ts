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

// Made when it is first used, since each takes a browser milliseconds.
function lazy(options: Intl.DateTimeFormatOptions): (time: number) => string {
  let made: Intl.DateTimeFormat | undefined;
  return (time) => (made ??= new Intl.DateTimeFormat(undefined, options)).format(time);
}

// Prints times in the reader's zone, with as much of the date as it takes, and with the zone where the clock shows
// the same time twice.
function printer(clock: Intl.DateTimeFormatOptions): (time: number, now: number) => string {
  const timeOnly = lazy(clock);
  const thisYear = lazy({ ...dayOfYear, ...clock });
  const otherYear = lazy({ ...dayOfYear, year: "numeric", ...clock });
  return (time, now) => {
    const [date, today] = [new Date(time), new Date(now)];
    const suffix = isAmbiguous(time) ? ` ${zoneName(time)}` : "";
    if (date.toDateString() === today.toDateString()) return timeOnly(time) + suffix;
    return (date.getFullYear() === today.getFullYear() ? thisYear : otherYear)(time) + suffix;
  };
}

const zoneName = (time: number): string =>
  new Intl.DateTimeFormat(undefined, { timeZoneName: "short" })
    .formatToParts(time)
    .find(({ type }) => type === "timeZoneName")?.value ?? "";

const kMinute = 60_000;
const offset = (time: number): number => new Date(time).getTimezoneOffset();

// Whether the clock shows this time once more, as it is set back.
function isAmbiguous(time: number): boolean {
  const back = (offset(time + 180 * kMinute) - offset(time - 180 * kMinute)) * kMinute;
  return back > 0 && (offset(time + back) !== offset(time) || offset(time - back) !== offset(time));
}

export const when = printer(clock);
export const whenToTheSecond = printer({ ...clock, second: "2-digit" });

export const utc = (time: number): string =>
  `${new Date(time).toISOString().slice(0, 19).replace("T", " ")} UTC`;

const dayOnly = lazy({ ...dayOfYear, year: "numeric", timeZone: "UTC" });

// Of a UTC day, without its year.
export const shortDay = lazy({ ...dayOfYear, timeZone: "UTC" });

export const shortMonth = lazy({ month: "short", timeZone: "UTC" });

// Of a UTC day such as 2026-11-22.
export const day = (iso: string): string => dayOnly(Date.parse(`${iso}T00:00:00Z`));

export const zone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

// It never says 100 of something that is less.
export function percent(value: number): string {
  const rounded = value < 100 ? Math.min(Math.round(value * 100) / 100, 99.99) : 100;
  return `${Number.isInteger(rounded) ? rounded : rounded.toFixed(2)} %`;
}

// With separators of thousands, as the page without a script has them, whose words are English.
export const number = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ",");

export const count = (value: number, one: string, many: string): string =>
  `${number(value)} ${value === 1 ? one : many}`;

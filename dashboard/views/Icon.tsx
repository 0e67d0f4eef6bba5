// Shapes: the states come from the page itself, where they are there without a script; the others are drawn here.
import type { Status } from "../model/data.ts";

export function StateIcon({ status }: { status: Status }) {
  return (
    <svg class={`shape ${status}`} aria-hidden="true">
      <use href={`#${status}`} />
    </svg>
  );
}

const paths = {
  refresh: "M13.5 8a5.5 5.5 0 1 1-1.6-3.9M13.5 1.5v3h-3",
  bell: "M8 2a4 4 0 0 1 4 4c0 4 1.5 5 1.5 5h-11S4 10 4 6a4 4 0 0 1 4-4M6.5 13.5a1.6 1.6 0 0 0 3 0",
  download: "M8 2v8m-3.5-3L8 10.5 11.5 7M2.5 13.5h11",
  sun: "M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6M8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1m8 8 1 1M13 3l-1 1m-8 8-1 1",
  moon: "M13.5 9.6A6 6 0 0 1 6.4 2.5a6 6 0 1 0 7.1 7.1",
  auto: "M2 3.5h12v8H2zM5.5 14h5M8 11.5V14",
  wall: "M2 2.5h5v4.5H2zM9 2.5h5v4.5H9zM2 9h5v4.5H2zM9 9h5v4.5H9z",
  close: "m3.5 3.5 9 9m0-9-9 9",
  back: "M9.5 3 4.5 8l5 5",
  chevron: "m5.5 3 5 5-5 5",
  copy: "M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z",
};

export function Icon({ name }: { name: keyof typeof paths }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}

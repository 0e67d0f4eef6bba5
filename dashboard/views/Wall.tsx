// For a screen on a wall: big tiles, the failing ones first and larger, nothing to click.
import { useLayoutEffect, useRef } from "preact/hooks";
import { signal } from "@preact/signals";
import { tick } from "../model/clock.ts";
import type { Service } from "../model/data.ts";
import { lasting, roughly } from "../model/format.ts";
import { overviewHref } from "../model/route.ts";
import {
  checkedAt,
  counts,
  overall,
  services,
  serviceIds,
  statusRevision,
  statusWord,
  urgency,
} from "../model/services.ts";
import { Notices } from "./Notices.tsx";
import { StateIcon } from "./Icon.tsx";
import { Sentence } from "./Sentence.tsx";
import { Time } from "./Time.tsx";

const kMostTiles = 400; // more could not be read from afar
const kTileWidth = 130; // px, at least

export function Wall() {
  useLayoutEffect(() => {
    document.documentElement.classList.add("walled");
    const leave = ({ key }: KeyboardEvent) => key === "Escape" && (location.hash = overviewHref.peek());
    addEventListener("keydown", leave);
    return () => {
      document.documentElement.classList.remove("walled");
      removeEventListener("keydown", leave);
    };
  }, []);
  void statusRevision.value;
  const { status, sentence } = overall();
  const sorted = serviceIds.value
    .map((id) => services.get(id)!)
    .sort((one, other) => urgency(one.peek().status) - urgency(other.peek().status));
  const { down, degraded } = counts.value;
  const tiles = useRef<HTMLUListElement>(null);
  const { width, height } = screenSize.value;
  useLayoutEffect(() => fit(tiles.current!, sorted.length + 3 * (down + degraded), width, height));
  return (
    <section class="wall" aria-labelledby="wall-title">
      <a class="skip" href={overviewHref.value}>
        Leave the wall view
      </a>
      <header class={`overall ${status}`}>
        <StateIcon status={status} />
        <h1 id="wall-title">{sentence}</h1>
        {checkedAt.value !== null && (
          <p class="checked">
            Checked <Time at={checkedAt.value} />
            <CheckedAgo at={checkedAt.value} />
          </p>
        )}
      </header>
      <Notices />
      <ul class="tiles" ref={tiles}>
        {sorted.slice(0, kMostTiles).map((service) => (
          <Tile key={service.peek().serviceId} service={service.value} />
        ))}
      </ul>
      {sorted.length > kMostTiles && <p class="faint">and {sorted.length - kMostTiles} more</p>}
    </section>
  );
}

// As many columns as fill the screen with tiles twice as wide as high, or the few more with which all are seen. Where there
// is no room for all, they are not made smaller for that.
function fit(tiles: HTMLElement, cells: number, width: number, height: number): void {
  const most = Math.max(1, Math.floor(width / kTileWidth));
  const least = Math.min(most, Math.max(1, Math.round(Math.sqrt((cells * width) / height / 2))));
  const isFitting = (columns: number): boolean => {
    tiles.style.setProperty("--columns", String(columns));
    return document.documentElement.scrollHeight <= height;
  };
  for (let columns = least; columns <= most; columns++) if (isFitting(columns)) return;
  isFitting(least);
}

const currentSize = () => ({ width: innerWidth, height: innerHeight });
const screenSize = signal(currentSize());
addEventListener("resize", () => (screenSize.value = currentSize()));

function CheckedAgo({ at }: { at: number }) {
  return <>, {roughly(Math.max(0, tick.value - at))} ago</>;
}

function Tile({ service: { serviceName, groupName, status, since, message } }: { service: Service }) {
  return (
    <li class={`tile ${status}`}>
      <h2>
        <StateIcon status={status} />
        <span dir="auto">{serviceName}</span>
      </h2>
      <p>
        <b>{statusWord(status)}</b>
        {since && <For since={Date.parse(since)} />}
      </p>
      {message && status !== "up" && (
        <p class="reason" dir="auto">
          <Sentence text={message} />
        </p>
      )}
      <p class="faint" dir="auto">
        {groupName}
      </p>
    </li>
  );
}

function For({ since }: { since: number }) {
  return <> for {lasting(tick.value - since)}</>;
}

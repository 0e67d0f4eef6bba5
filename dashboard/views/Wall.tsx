// For a screen on a wall: big tiles, the failing ones first and larger, and nothing to do but to leave.
import { useLayoutEffect, useRef } from "preact/hooks";
import { signal, useSignal } from "@preact/signals";
import { overall } from "../model/age.ts";
import { tick } from "../model/clock.ts";
import type { Service, Status } from "../model/data.ts";
import { number, roughly } from "../model/format.ts";
import { overviewHref } from "../model/route.ts";
import {
  byUrgencyThenNewest,
  checkedAt,
  isFailing,
  serviceIds,
  services,
  statusRevision,
  statusWord,
} from "../model/services.ts";
import { allGroups, type Group } from "../model/view.ts";
import { lettersOn, planOf, type Plan } from "../model/wall.ts";
import { Icon, StateIcon } from "./Icon.tsx";
import { Notices } from "./Notices.tsx";
import { Sentence } from "./Sentence.tsx";
import { Time } from "./Time.tsx";

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
  const sorted = serviceIds.value.map((id) => services.get(id)!.value).sort(byUrgencyThenNewest);
  const failing = sorted.filter(isFailing);
  const others = sorted.filter((service) => !isFailing(service));
  const groups = others.length > 0 ? allGroups.value : [];
  const place = useRef<HTMLDivElement>(null);
  const room = useRoom(place);
  const plan = planOf(
    { ...room, letters: lettersOn(screenSize.value.width, screenSize.value.height) },
    {
      failing: failing.length,
      others: others.length,
      groups: groups.length,
      longest: Math.max(0, ...others.map(({ serviceName }) => serviceName.length)),
    },
  );
  const style = { "--letter": `${plan.letter}px`, "--names": plan.names };
  return (
    <section class="wall" aria-labelledby="wall-title" style={style}>
      <Head />
      <Notices />
      <Unseen plan={plan} failing={failing.length} others={others.length} />
      <div class="room" ref={place}>
        {failing.length > 0 && (
          <ul class={`tiles worst ${plan.words}`}>
            {failing.slice(0, plan.failing).map((service) => (
              <FailingTile key={service.serviceId} service={service} words={plan.words} />
            ))}
          </ul>
        )}
        {plan.rest === "services" && (
          <ul class="tiles">
            {others.map(({ serviceId, serviceName, status }) => (
              <Tile key={serviceId} name={serviceName} status={status} />
            ))}
          </ul>
        )}
        {plan.rest === "groups" && (
          <ul class="tiles">
            {groups.map((group) => (
              <GroupTile key={group.id} group={group} />
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}

function Head() {
  const { status, age, sentence } = overall.value;
  return (
    <header class={`overall ${status}`}>
      <StateIcon status={status} />
      <h1 id="wall-title">
        {age && <span class="age">{age} </span>}
        {sentence}
      </h1>
      {checkedAt.value !== null && (
        <p class="checked">
          Checked <Time at={checkedAt.value} />
          <CheckedAgo at={checkedAt.value} />
        </p>
      )}
      <a class="tool leave" href={overviewHref.value} aria-label="Leave the wall view" title="Leave (Escape)">
        <Icon name="close" />
      </a>
    </header>
  );
}

// What there was no room for.
function Unseen({ plan, failing, others }: { plan: Plan; failing: number; others: number }) {
  const hidden = failing - plan.failing;
  if (plan.rest !== "none" || others + hidden === 0) return null;
  return (
    <p class="notice unseen-tiles">
      Not in sight, for lack of room: {hidden > 0 && <b>{number(hidden)} more that fail</b>}
      {hidden > 0 && others > 0 && " and "}
      {others > 0 && `${number(others)} that do not fail`}
    </p>
  );
}

const currentSize = () => ({ width: innerWidth, height: innerHeight });
const screenSize = signal(currentSize());
addEventListener("resize", () => (screenSize.value = currentSize()));

// What is left for tiles below the head, measured as it changes.
function useRoom(place: { current: HTMLElement | null }): { width: number; height: number } {
  const room = useSignal({ width: innerWidth, height: innerHeight });
  useLayoutEffect(() => {
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = place.current!;
      if (width !== room.peek().width || height !== room.peek().height) room.value = { width, height };
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(place.current!);
    return () => observer.disconnect();
  }, []);
  return room.value;
}

function CheckedAgo({ at }: { at: number }) {
  return <>, {roughly(Math.max(0, tick.value - at))} ago</>;
}

function FailingTile({ service, words }: { service: Service; words: Plan["words"] }) {
  const { serviceName, groupName, status, since, message } = service;
  return (
    <li class={`tile ${status}`}>
      <h2>
        <StateIcon status={status} />
        <span dir="auto">{serviceName}</span>
      </h2>
      {(words === "all" || words === "brief") && (
        <p>
          <b>{statusWord(status)}</b>
          {since !== null && <For since={since} />}
        </p>
      )}
      {words === "all" && (
        <p class="reason" dir="auto">
          {message ? <Sentence text={message} /> : groupName}
        </p>
      )}
    </li>
  );
}

function Tile({ name, status }: { name: string; status: Status }) {
  return (
    <li class={`tile ${status}`}>
      <h2>
        <StateIcon status={status} />
        <span dir="auto">{name}</span>
      </h2>
      {status !== "up" && <span class="unseen">{statusWord(status)}</span>}
    </li>
  );
}

function GroupTile({ group: { name, ids, up, total } }: { group: Group }) {
  const worst = ids.map((id) => services.get(id)!.value).sort(byUrgencyThenNewest)[0]!;
  return (
    <li class={`tile group-tile ${worst.status}`}>
      <h2>
        <StateIcon status={worst.status} />
        <span dir="auto">{name}</span>
      </h2>
      <p>
        {number(up)} of {number(total)} up
      </p>
    </li>
  );
}

function For({ since }: { since: number }) {
  return <> for {roughly(Math.max(0, tick.value - since))}</>;
}

// What is wrong with the monitor itself, with its channels, or with this page's own connection.
import { tick } from "../model/clock.ts";
import { lasting } from "../model/format.ts";
import { areHistoriesFailing } from "../model/history.ts";
import { failure, isOffline, loadedAt, refresh } from "../model/refresh.ts";
import { checkedAt, failingChannels, notices, settings } from "../model/services.ts";
import { Sentence } from "./Sentence.tsx";
import { Time } from "./Time.tsx";

export function Notices() {
  return (
    <div class="notices">
      <Connection />
      <Old />
      {failingChannels.value.map(({ name, failingSince }) => (
        <p class="notice" key={name}>
          <span>
            The channel <bdi>{name}</bdi> takes no messages
          </span>{" "}
          <span class="faint">
            since <Time at={Date.parse(failingSince)} />
          </span>
        </p>
      ))}
      {notices.value.map(({ kind, text, since }) => (
        <p class="notice" key={kind + since}>
          <span dir="auto">
            <Sentence text={text} />
          </span>{" "}
          <span class="faint">
            since <Time at={Date.parse(since)} />
          </span>
        </p>
      ))}
      {areHistoriesFailing.value && <p class="notice">The history of some services could not be loaded.</p>}
    </div>
  );
}

function Connection() {
  const reason = isOffline.value ? "This device is offline" : failure.value;
  if (reason === null) return null;
  return (
    <p class="notice offline" role="status">
      <span>
        {reason}; shown is how it was at <Time at={loadedAt.value} />.
      </span>{" "}
      <button type="button" class="quiet" onClick={() => void refresh()}>
        Try again
      </button>
    </p>
  );
}

// What was fresh when it was loaded grows old in an open page; the monitor itself says when its checks are late.
function Old() {
  const { recordSeconds, checkIntervalSeconds } = settings.value;
  const limit = (recordSeconds + 3 * checkIntervalSeconds + 60) * 1000;
  const checked = checkedAt.value;
  if (checked === null || notices.value.some(({ kind }) => kind === "check-stale")) return null;
  const age = tick.value - checked;
  if (age <= limit) return null;
  return (
    <p class="notice">
      <span>What is shown is {lasting(age)} old; nothing newer was loaded since.</span>{" "}
      <button type="button" class="quiet" onClick={() => void refresh()}>
        Refresh
      </button>
    </p>
  );
}

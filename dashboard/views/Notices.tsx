// What is wrong with the monitor itself, with its channels, or with this page's own connection.
import { areHistoriesFailing } from "../model/history.ts";
import { failure, isOffline, loadedAt, refresh } from "../model/refresh.ts";
import { failingChannels, notices } from "../model/services.ts";
import { Sentence } from "./Sentence.tsx";
import { Time } from "./Time.tsx";

export function Notices() {
  return (
    <div class="notices">
      <Connection />
      {failingChannels.value.map(({ name, failingSince }) => (
        <p class="notice" key={name}>
          <span>
            The channel <bdi>{name}</bdi> takes no messages
            {failingSince === null && ": it is not set up"}
          </span>
          {failingSince !== null && (
            <>
              {" "}
              <span class="faint">
                since <Time at={Date.parse(failingSince)} />
              </span>
            </>
          )}
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

export function Connection() {
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

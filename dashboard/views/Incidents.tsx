// A service's outages and degraded times.
import { useRef } from "preact/hooks";
import { signal, useSignal, useSignalEffect } from "@preact/signals";
import { ApiError, getJson } from "../model/api.ts";
import { tick } from "../model/clock.ts";
import { lasting, span } from "../model/format.ts";
import { Sentence } from "./Sentence.tsx";
import { State } from "./State.tsx";
import { Time } from "./Time.tsx";

interface Incident {
  status: string;
  start: string;
  end: string | null;
  durationMs: number;
  message: string | null;
}

// What a request brought, or why it brought nothing.
function useAnswer<T>(path: string) {
  const answer = useSignal<T | null>(null);
  const problem = useSignal("");
  const wanted = useRef(signal(path)).current;
  wanted.value = path;
  useSignalEffect(() => {
    const abort = new AbortController();
    getJson<T>(wanted.value, abort.signal)
      .then((value) => ([answer.value, problem.value] = [value, ""]))
      .catch((error: ApiError) => abort.signal.aborted || (problem.value = error.message));
    return () => abort.abort();
  });
  return { answer: answer.value, problem: problem.value };
}

export function Incidents({ id }: { id: string }) {
  const path = `/api/incidents?serviceId=${encodeURIComponent(id)}&limit=1000`; // all that are kept
  const { answer, problem } = useAnswer<{ incidents: Incident[]; next: string | null; complete?: boolean }>(
    path,
  );
  const incidents = answer?.incidents;
  return (
    <section class="panel" aria-labelledby="incidents">
      <h2 id="incidents">Incidents</h2>
      {problem && <p class="problem">{problem}</p>}
      {!answer && !problem && <p class="faint loading">Loading …</p>}
      {incidents?.length === 0 && <p class="faint">None is known.</p>}
      {answer?.complete === false && <p class="faint">Only those that the recent alerts tell of.</p>}
      {incidents && incidents.length > 0 && (
        <div class="scroll" tabIndex={0} role="group" aria-label="Incidents, newest first">
          <table>
            <thead>
              <tr>
                <th scope="col">State</th>
                <th scope="col">From</th>
                <th scope="col" class="wide">
                  To
                </th>
                <th scope="col" class="wide">
                  Length
                </th>
                <th scope="col">Why</th>
              </tr>
            </thead>
            <tbody>
              {incidents.map((incident) => (
                <IncidentRow key={incident.start} incident={incident} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function IncidentRow({ incident: { status, start, end, durationMs, message } }: { incident: Incident }) {
  const length = end ? span(durationMs) : <Since at={Date.parse(start)} />;
  return (
    <tr>
      <th scope="row">
        <State status={status} />
      </th>
      <td class="from">
        <Time at={Date.parse(start)} />
        <p class="narrow">{length}</p>
      </td>
      <td class="wide">{end ? <Time at={Date.parse(end)} /> : "still"}</td>
      <td class="wide">{length}</td>
      <td dir="auto">{message && <Sentence text={message} />}</td>
    </tr>
  );
}

function Since({ at }: { at: number }) {
  return <>{lasting(tick.value - at)}</>;
}

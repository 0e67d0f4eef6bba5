// A service's outages and degraded times.
import { tick } from "../model/clock.ts";
import type { Service } from "../model/data.ts";
import { lasting, span } from "../model/format.ts";
import { incidentsOf, type Incident, type IncidentAnswer } from "../model/incidents.ts";
import { usePart } from "../model/part.ts";
import { loadedAt } from "../model/refresh.ts";
import { checkedAt } from "../model/services.ts";
import { Sentence } from "./Sentence.tsx";
import { State } from "./State.tsx";
import { Time } from "./Time.tsx";

export function Incidents({ service }: { service: Service }) {
  const { serviceId: id, status, since } = service;
  const path = `/api/incidents?serviceId=${encodeURIComponent(id)}&limit=1000`; // all that are kept
  const { answer, problem } = usePart<IncidentAnswer>(path, [status, since]);
  const incidents = incidentsOf(answer, service, checkedAt.value ?? loadedAt.value);
  return (
    <section class="panel" aria-labelledby="incidents">
      <h2 id="incidents">Incidents</h2>
      {problem && <p class="problem">{problem}</p>}
      {!answer && !problem && <p class="faint loading">Loading …</p>}
      {answer && incidents.length === 0 && <p class="faint">None is known.</p>}
      {answer?.complete === false && <p class="faint">Only those that the recent alerts tell of.</p>}
      {(answer || problem) && incidents.length > 0 && (
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

function IncidentRow({ incident: { status, start, end, message } }: { incident: Incident }) {
  const length = end === null ? <Since at={start} /> : span(end - start);
  return (
    <tr>
      <th scope="row">
        <State status={status} />
      </th>
      <td class="from">
        <Time at={start} />
        <p class="narrow">{length}</p>
      </td>
      <td class="wide">{end === null ? "still" : <Time at={end} />}</td>
      <td class="wide">{length}</td>
      <td dir="auto">{message && <Sentence text={message} />}</td>
    </tr>
  );
}

function Since({ at }: { at: number }) {
  return <>{lasting(tick.value - at)}</>;
}

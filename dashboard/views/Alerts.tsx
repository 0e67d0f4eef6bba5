// The history of alerts, over all that is kept: searched and filtered as one types.
import { signal } from "@preact/signals";
import {
  alertStatus,
  canNotify,
  isOfSnapshot,
  joined,
  permission,
  recentAlerts,
  setNotifications,
  wantsNotifications,
} from "../model/alerts.ts";
import type { Alert } from "../model/data.ts";
import { isDrawerOpen } from "../model/dialogs.ts";
import { count } from "../model/format.ts";
import { usePart } from "../model/part.ts";
import { serviceHref } from "../model/route.ts";
import { services } from "../model/services.ts";
import { Dialog } from "./Dialog.tsx";
import { StateIcon } from "./Icon.tsx";
import { Connection } from "./Notices.tsx";
import { Sentence } from "./Sentence.tsx";
import { Time } from "./Time.tsx";

const text = signal("");
const severity = signal("");
const source = signal("");

const kAll = "/api/alerts/recent?hours=8760&limit=1000"; // no monitor keeps more

function found(all: readonly Alert[]): Alert[] {
  const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
  return all.filter(
    (alert) =>
      (!severity.value || alert.severity === severity.value) &&
      (!source.value || alert.source === source.value) &&
      words.every((word) => haystack(alert).includes(word)),
  );
}

const haystack = (alert: Alert): string =>
  [alert.title, alert.message, alert.serviceId, nameOf(alert), JSON.stringify(alert.labels ?? "")]
    .join("\n")
    .toLowerCase();

const nameOf = ({ serviceId }: Alert): string | undefined =>
  serviceId ? services.get(serviceId)?.peek().serviceName : undefined;

export function AlertsDrawer() {
  return isDrawerOpen.value ? <Drawer /> : null;
}

// All that is kept when it is opened, and what each snapshot has since.
function Drawer() {
  const { answer, problem } = usePart<{ alerts: Alert[] }>(kAll, "");
  const isLoading = answer === null && !problem;
  const all = joined(answer?.alerts ?? [], recentAlerts.value ?? []).filter(isOfSnapshot);
  const shown = found(all);
  const sources = [...new Set(all.map((alert) => alert.source).filter(Boolean))].sort();
  return (
    <Dialog title="Alerts" kind="drawer" onClose={() => (isDrawerOpen.value = false)}>
      <Connection />
      <div class="toolbar" role="search" aria-label="Alerts">
        <input
          type="search"
          placeholder="Search alerts"
          aria-label="Search alerts"
          autocomplete="off"
          value={text.value}
          onInput={(event) => (text.value = event.currentTarget.value)}
        />
        <select
          aria-label="Severity"
          value={severity.value}
          onChange={(event) => (severity.value = event.currentTarget.value)}
        >
          <option value="">All severities</option>
          {["critical", "warning", "info"].map((each) => (
            <option key={each} value={each}>
              {capital(each)}
            </option>
          ))}
        </select>
        <select
          aria-label="Source"
          value={source.value}
          onChange={(event) => (source.value = event.currentTarget.value)}
        >
          <option value="">All sources</option>
          {sources.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </select>
      </div>
      {canNotify() && <Notifying />}
      <p class="faint shown" role="status">
        {isLoading ? "Loading …" : count(shown.length, "alert", "alerts")}
      </p>
      {problem && <p class="notice">{problem}; shown is what the page itself knows.</p>}
      {!isLoading && all.length === 0 && (
        <p class="none">Nothing has changed in all the time that is kept.</p>
      )}
      {!isLoading && all.length > 0 && shown.length === 0 && <p class="none">No alert is like that.</p>}
      <ol class="alerts" aria-label="Alerts, newest first">
        {!isLoading && shown.map((alert) => <AlertItem key={alert.id} alert={alert} />)}
      </ol>
    </Dialog>
  );
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

const isSafe = (url: string | undefined): url is string => /^https:\/\//.test(url ?? "");

function AlertItem({ alert }: { alert: Alert }) {
  const name = nameOf(alert);
  const labels = Object.entries(alert.labels ?? {});
  return (
    <li class="alert">
      <StateIcon status={alertStatus(alert)} />
      <div>
        <h3 dir="auto">{alert.title}</h3>
        {alert.message && (
          <p dir="auto">
            <Sentence text={alert.message} />
          </p>
        )}
        {labels.length > 0 && (
          <p class="labels">
            {labels.map(([key, value]) => (
              <span key={key} dir="auto">
                {key}={String(value)}
              </span>
            ))}
          </p>
        )}
        <p class="faint">
          {capital(alert.severity)}
          {name && (
            <>
              {" · "}
              <a href={serviceHref(alert.serviceId!)} dir="auto" onClick={() => (isDrawerOpen.value = false)}>
                {name}
              </a>
            </>
          )}
          {alert.source && (
            <>
              {" · "}
              <bdi>{alert.source}</bdi>
            </>
          )}
          {isSafe(alert.url) && (
            <>
              {" · "}
              <a href={alert.url} rel="noopener noreferrer">
                Details
              </a>
            </>
          )}
        </p>
      </div>
      <Time at={Date.parse(alert.timestamp)} />
    </li>
  );
}

function Notifying() {
  if (permission.value === "denied") {
    return <p class="faint">The browser’s settings forbid this page to notify you.</p>;
  }
  const isOn = permission.value === "granted" && wantsNotifications.value;
  return (
    <button type="button" aria-pressed={isOn} onClick={() => void setNotifications(!isOn)}>
      {isOn ? "Browser notifications are on" : "Notify me when this tab is hidden"}
    </button>
  );
}

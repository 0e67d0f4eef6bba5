// A service's incidents as the snapshot has them: the collector may know of a change before the page does.
import type { Service } from "./data.ts";
import { isFailing } from "./services.ts";

export interface IncidentAnswer {
  incidents: { status: string; start: string; end: string | null; message: string | null }[];
  complete?: boolean;
}

export interface Incident {
  status: string;
  start: number; // ms after 1970
  end: number | null; // null: it lasts
  message: string;
}

const kSameMs = 60_000; // between the times that the check and an alert of it have of one change

// Newest first. What lasts is what the service is in now, and only that.
export function incidentsOf(answer: IncidentAnswer | null, service: Service, checkedAt: number): Incident[] {
  const { status, since, message } = service;
  const isNow = isFailing(service) && since !== null;
  const past = (answer?.incidents ?? [])
    .map((each) => ({
      status: each.status,
      start: Date.parse(each.start),
      end: each.end === null ? null : Date.parse(each.end),
      message: each.message ?? "",
    }))
    .filter(({ start }) => start <= checkedAt)
    .map((each) => (each.end !== null && each.end <= checkedAt ? each : { ...each, end: null }))
    .filter(({ start, end }) => !isNow || end !== null || start < since - kSameMs)
    .map((each) => ({ ...each, end: each.end ?? Math.max(each.start, since ?? checkedAt) }));
  return isNow ? [{ status, start: since, end: null, message }, ...past] : past;
}

// Alerts: which were announced already, in this tab or another, and how new ones are.
import { signal } from "@preact/signals";
import { takeNew } from "./announced.ts";
import { getJson } from "./api.ts";
import type { Alert } from "./data.ts";
import { services, settings } from "./services.ts";
import { read, write } from "./storage.ts";

const kMostSingle = 3; // more at once are announced as one
const kOverlapMs = 900_000; // an alert may be seen later than a newer one
const kToastMs = 10_000;

export interface Toast {
  key: string;
  title: string;
  text: string;
  severity: string;
  alert?: Alert; // absent: several
}

export const recentAlerts = signal<Alert[] | null>(null); // null: they cannot be read, or are not shown
export const toasts = signal<Toast[]>([]);
export const isDrawerOpen = signal(false);

type Permission = NotificationPermission | "unsupported";
export const permission = signal<Permission>(
  "Notification" in globalThis ? Notification.permission : "unsupported",
);
export const wantsNotifications = signal(read("notifications") !== "off");

let nextPollAt = 0; // of performance.now()
let failures = 0;

// Announces those that are new.
export async function offerAlerts(alerts: Alert[]): Promise<void> {
  merge(alerts);
  nextPollAt = performance.now() + pollMs();
  const fresh = new Set(await takeNew(alerts.map(({ id }) => id)));
  showNew(alerts.filter((alert) => fresh.has(alert.id) && isWanted(alert)));
}

function merge(alerts: Alert[]): void {
  const byId = new Map([...(recentAlerts.peek() ?? []), ...alerts].map((alert) => [alert.id, alert]));
  recentAlerts.value = [...byId.values()].sort((one, other) => other.timestamp.localeCompare(one.timestamp));
}

function isWanted({ severity }: Alert): boolean {
  const { severityFilter } = settings.value.alertNotifications;
  return severityFilter.length === 0 || severityFilter.includes(severity);
}

function showNew(alerts: Alert[]): void {
  if (alerts.length === 0) return;
  if (alerts.length > kMostSingle) return show(summaryOf(alerts));
  for (const alert of alerts) {
    show({ key: alert.id, title: alert.title, text: alert.message, severity: alert.severity, alert });
  }
}

function summaryOf(alerts: Alert[]): Toast {
  const severity =
    ["critical", "warning"].find((each) => alerts.some((alert) => alert.severity === each)) ?? "info";
  const text = alerts.slice(0, kMostSingle).map(({ title }) => title);
  return {
    key: `many-${alerts[0]!.id}`,
    title: `${alerts.length} alerts`,
    text: `${text.join(", ")} and ${alerts.length - kMostSingle} more`,
    severity,
  };
}

// On the page where it is seen, else by the browser.
function show(toast: Toast): void {
  const isVisible = document.visibilityState === "visible";
  if (isVisible && settings.value.alertNotifications.enableToastNotifications) showToast(toast);
  else if (isNotifying()) notify(toast);
}

function showToast(toast: Toast): void {
  toasts.value = [...toasts.value, toast].slice(-kMostSingle);
  if (toast.severity !== "critical") setTimeout(() => fade(toast.key), kToastMs);
}

// Stays while somebody reads it.
function fade(key: string): void {
  if (document.querySelector(".toasts:is(:hover, :focus-within)")) setTimeout(() => fade(key), kToastMs);
  else closeToast(key);
}

export function closeToast(key: string): void {
  toasts.value = toasts.value.filter((toast) => toast.key !== key);
}

function notify(toast: Toast): void {
  try {
    const notification = new Notification(toast.title, { body: toast.text, tag: toast.key });
    notification.onclick = () => {
      focus();
      openAlert(toast);
      notification.close();
    };
  } catch {
    // some browsers have them for service workers only
  }
}

export function openAlert({ alert }: Toast): void {
  if (alert?.serviceId && services.has(alert.serviceId)) {
    location.hash = `#/service/${encodeURIComponent(alert.serviceId)}`;
  } else isDrawerOpen.value = true;
}

export const canNotify = (): boolean =>
  settings.value.alertNotifications.enableBrowserNotifications && permission.value !== "unsupported";

const isNotifying = (): boolean => canNotify() && permission.value === "granted" && wantsNotifications.value;

// Only ever called by a click.
export async function setNotifications(isOn: boolean): Promise<void> {
  if (isOn && permission.value === "default") permission.value = await Notification.requestPermission();
  wantsNotifications.value = isOn;
  write("notifications", isOn ? "on" : "off");
}

const pollMs = (): number => settings.value.alertNotifications.pollingIntervalSeconds * 1000;

export const areAlertsShown = (): boolean =>
  settings.value.api.enableAlertHistoryEndpoint && settings.value.features.showAlertHistoryButton;

export function alertsDue(isVisible: boolean): boolean {
  if (pollMs() === 0 || !settings.value.api.enableAlertHistoryEndpoint) return false;
  return performance.now() >= nextPollAt && (isVisible || isNotifying());
}

export async function pollAlerts(): Promise<void> {
  nextPollAt = Infinity;
  try {
    await offerAlerts(await recentSince());
    failures = 0;
  } catch {
    failures += 1;
    nextPollAt = performance.now() + Math.min(pollMs() * 2 ** failures, Math.max(pollMs(), 600_000));
  }
}

async function recentSince(): Promise<Alert[]> {
  const newest = recentAlerts.peek()?.[0]?.timestamp;
  const since = newest && new Date(Date.parse(newest) - kOverlapMs).toISOString();
  const path = `/api/alerts/recent?limit=100${since ? `&since=${since}` : ""}`;
  return (await getJson<{ alerts: Alert[] }>(path)).alerts;
}

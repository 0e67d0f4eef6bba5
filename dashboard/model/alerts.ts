// Alerts: which were announced already, in this tab or another, and how new ones are.
import { signal } from "@preact/signals";
import { takeNew } from "./announced.ts";
import type { Alert, Status } from "./data.ts";
import { closeDialogs, isDrawerOpen } from "./dialogs.ts";
import { number } from "./format.ts";
import { checkedAt, isStatus, services, settings } from "./services.ts";
import { read, write } from "./storage.ts";

const kMostSingle = 3; // more at once are announced as one
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

type Permission = NotificationPermission | "unsupported";
export const permission = signal<Permission>(
  "Notification" in globalThis ? Notification.permission : "unsupported",
);
export const wantsNotifications = signal(read("notifications") !== "off");

// Announces those that are new.
export async function offerAlerts(offered: Alert[]): Promise<void> {
  const alerts = offered.filter(isOfSnapshot);
  merge(alerts);
  const fresh = new Set(await takeNew(alerts.map(({ id }) => id)));
  showNew(alerts.filter((alert) => fresh.has(alert.id) && isWanted(alert)));
}

// What KV has of the alerts may be newer than what it has of the services. The alert of a change then waits for them, so
// that it does not contradict what is beside it.
export const isOfSnapshot = ({ status, serviceId, timestamp }: Alert): boolean =>
  !serviceId || !isStatus(status) || checkedAt.peek() === null || Date.parse(timestamp) <= checkedAt.peek()!;

const merge = (alerts: readonly Alert[]): void =>
  void (recentAlerts.value = joined(recentAlerts.peek() ?? [], alerts));

// Newest first, each once.
export const joined = (some: readonly Alert[], others: readonly Alert[]): Alert[] =>
  [...new Map([...some, ...others].map((alert) => [alert.id, alert])).values()].sort((one, other) =>
    one.timestamp < other.timestamp ? 1 : -1,
  );

// An alert is drawn like the status it tells of, or else as grave as it is.
export function alertStatus({ status, severity }: Alert): Status {
  if (isStatus(status)) return status;
  if (severity === "critical") return "down";
  return severity === "warning" ? "degraded" : "up";
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
    title: `${number(alerts.length)} alerts`,
    text: `${text.join(", ")} and ${number(alerts.length - kMostSingle)} more`,
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
    closeDialogs();
    location.hash = `#/service/${encodeURIComponent(alert.serviceId)}`;
  } else isDrawerOpen.value = true;
}

export const canNotify = (): boolean =>
  settings.value.alertNotifications.enableBrowserNotifications && permission.value !== "unsupported";

export const isNotifying = (): boolean =>
  canNotify() && permission.value === "granted" && wantsNotifications.value;

// Only ever called by a click.
export async function setNotifications(isOn: boolean): Promise<void> {
  if (isOn && permission.value === "default") permission.value = await Notification.requestPermission();
  wantsNotifications.value = isOn;
  write("notifications", isOn ? "on" : "off");
}

export const areAlertsShown = (): boolean =>
  settings.value.api.enableAlertHistoryEndpoint && settings.value.features.showAlertHistoryButton;

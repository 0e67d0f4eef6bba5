// What the monitor embeds in its page, as docs/dashboard.md describes it.

export type Status = "up" | "degraded" | "down" | "unknown" | "paused";

export interface Service {
  serviceId: string;
  serviceName: string;
  status: Status;
  since: number | null; // ms after 1970
  lastSeen: number | null;
  stalenessThreshold: number; // ms
  groupId: string; // empty: in no group
  groupName: string;
  message: string;
}

export interface Notice {
  kind: string;
  text: string;
  since: string;
}

// What the monitor says of itself.
export interface Monitor {
  checked: string | null;
  staleAfterSeconds: number; // from the last check on, until this is too old to be taken for the present
  channels: { name: string; failingSince: string | null }[]; // null: it lacks its credentials
  notices: Notice[];
  kvLagSeconds?: number;
}

// In per cent, over the last 24 hours, 7, 30 and 90 days; null where nothing is known.
export type Uptimes = (number | null)[];
export const kUptimeDays = [1, 7, 30, 90];

type GroupRow = [id: string, name: string, uptimes?: Uptimes];

// Times are ms before now.
type ServiceRow = [
  id: string,
  name: string,
  group: number,
  status: Status,
  since: number | null,
  seen: number | null,
  threshold: number,
  message?: string,
  details?: ServiceDetails,
];

export interface PackedHistory {
  lastDay: string;
  days: number;
  cells: Record<string, string>;
}

export interface Alert {
  id: string;
  title: string;
  message: string;
  severity: string;
  source: string;
  status: string;
  timestamp: string;
  serviceId?: string;
  labels?: Record<string, unknown>;
  url?: string;
}

export interface Threshold {
  min: number;
  color: string;
  label: string;
}

// What a service has besides its status, where that is not the usual.
export interface ServiceDetails {
  description?: string;
  uptimeThresholdSet?: string;
  auth?: { required: boolean };
}

export interface Settings {
  features: {
    showRefreshButton: boolean;
    showLastUpdated: boolean;
    autoRefreshSeconds: number;
    showUptimePercentage: boolean;
    showUptimeHistory: boolean;
    showExportButton: boolean;
    showAlertHistoryButton: boolean;
  };
  api: {
    enableUptimeEndpoint: boolean;
    enableLogsEndpoint: boolean;
    enableExportEndpoint: boolean;
    enableAlertHistoryEndpoint: boolean;
  };
  alertNotifications: {
    pollingIntervalSeconds: number;
    severityFilter: string[];
    enableToastNotifications: boolean;
    enableBrowserNotifications: boolean;
  };
  uptimeThresholds: Record<string, Threshold[]>;
  retentionDays: number;
  checkIntervalSeconds: number;
  logRetentionDays: number;
  showToggle: boolean;
}

export interface PageData {
  now: string;
  status: Monitor | null;
  history: PackedHistory | null;
  groups: GroupRow[];
  uptimes?: Uptimes;
  services: ServiceRow[];
  settings: Settings;
  alerts: Alert[] | null;
}

export function servicesIn({ now, groups, services }: PageData): Service[] {
  const at = Date.parse(now);
  return services.map(
    ([serviceId, serviceName, group, status, since, seen, stalenessThreshold, message]) => ({
      serviceId,
      serviceName,
      status,
      since: since === null ? null : at - since,
      lastSeen: seen === null ? null : at - seen,
      stalenessThreshold,
      groupId: groups[group]![0],
      groupName: groups[group]![1],
      message: message ?? "",
    }),
  );
}

// Undefined when the text is not the data of this page: damaged, or somebody else's page, as a proxy's.
export function parseData(text: string): PageData | undefined {
  try {
    const data = JSON.parse(text) as PageData;
    return isComplete(data) ? data : undefined;
  } catch {
    return undefined;
  }
}

const isComplete = (data: PageData): boolean =>
  !Number.isNaN(Date.parse(data.now)) &&
  (data.status === null || Array.isArray(data.status.notices)) &&
  Array.isArray(data.services) &&
  data.services.every(([, , group]) => Array.isArray(data.groups[group])) &&
  typeof data.settings.features === "object" &&
  (data.alerts === null || Array.isArray(data.alerts));

const kStart = '<script type="application/json" id="data">';

// Whether an answer is this page, or as much of it as came.
export const isThisPage = (html: string): boolean => html.includes('id="main"') || html.includes(kStart);

// Out of a page as it was sent.
export function dataInPage(html: string): PageData | undefined {
  const start = html.indexOf(kStart);
  const end = html.indexOf("</script>", start);
  return start < 0 || end < 0 ? undefined : parseData(html.slice(start + kStart.length, end));
}

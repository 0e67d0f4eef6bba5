// What the monitor embeds in its page, as docs/dashboard.md describes it.

export type Status = "up" | "degraded" | "down" | "unknown" | "paused";

export interface Service {
  serviceId: string;
  serviceName: string;
  status: Status;
  since: string | null;
  lastSeen: string | null;
  timeSinceLastHeartbeat: number | null;
  stalenessThreshold: number;
  groupId: string | null;
  groupName: string;
  message: string | null;
}

export interface Summary {
  timestamp: string;
  totalServices: number;
  servicesUp: number;
  servicesDegraded: number;
  servicesDown: number;
  servicesUnknown: number;
  results: Service[];
}

export interface Notice {
  kind: string;
  text: string;
  since: string;
}

export interface StatusAnswer {
  summary: Summary | null;
  channels: { name: string; failingSince: string }[];
  notices: Notice[];
  kvLagSeconds?: number;
}

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
  recordSeconds: number;
  logRetentionDays: number;
  showToggle: boolean;
}

export interface PageData {
  now: string;
  status: StatusAnswer | null;
  history: PackedHistory | null;
  services: Record<string, ServiceDetails>;
  settings: Settings;
  alerts: Alert[] | null;
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
  (!data.status?.summary || Array.isArray(data.status.summary.results)) &&
  typeof data.services === "object" &&
  typeof data.settings.features === "object" &&
  (data.alerts === null || Array.isArray(data.alerts));

// Out of a page as it was sent.
export function dataInPage(html: string): PageData | undefined {
  const start = html.indexOf('<script type="application/json" id="data">');
  if (start < 0) return undefined;
  return parseData(html.slice(html.indexOf(">", start) + 1, html.indexOf("</script>", start)));
}

// A company's services, made up: what `npm run demo` watches.

// [id, name, description, seconds between heartbeats, milliseconds that a beat takes if it says so]
const groups = [
  [
    "storefront",
    "Storefront",
    "strict",
    [
      ["web", "Website", "Next.js behind two load balancers", 120],
      ["checkout", "Checkout", "Cart, payment and order confirmation", 120, 240],
      ["search", "Product search", "OpenSearch, three nodes", 120, 35],
      ["images", "Image resizing", "Thumbnails on demand", 120],
      ["api-public", "Public API", "REST, for partners", 120, 80],
      ["api-mobile", "Mobile API", "GraphQL, for the apps", 120, 95],
      ["cms", "Content management", "Headless, for the marketing team", 120],
    ],
  ],
  [
    "data",
    "Data",
    "strict",
    [
      ["pg-primary", "PostgreSQL primary", "PostgreSQL 16, 2 TB", 120, 4],
      ["pg-replica-1", "PostgreSQL replica 1", "Streaming, same rack", 120, 5],
      ["pg-replica-2", "PostgreSQL replica 2", "Streaming, other site", 120, 6],
      ["redis", "Redis", "Sessions and carts", 120, 1],
      ["rabbitmq", "RabbitMQ", "Orders, mails, exports", 120],
      ["minio", "Object storage", "MinIO, four nodes", 120],
      ["warehouse", "Data warehouse", "ClickHouse, loaded every hour", 300],
    ],
  ],
  [
    "jobs",
    "Jobs",
    "default",
    [
      ["backup-db", "Nightly database backup", "pg_basebackup to the other site", 86_400, 1_860_000],
      ["backup-files", "Nightly file backup", "restic, deduplicated", 86_400, 2_700_000],
      ["invoices", "Invoice run", "PDFs, then mail", 3_600, 42_000],
      ["stock-sync", "Stock synchronisation", "From the merchandise system", 900, 18_000],
      ["price-feed", "Price feed", "For the comparison portals", 3_600, 65_000],
      ["newsletter", "Newsletter queue", "", 300, 900],
      ["certificates", "Certificate renewal", "ACME, every six hours", 21_600, 7_000],
    ],
  ],
  [
    "office",
    "Office and warehouse",
    "relaxed",
    [
      ["vpn", "VPN gateway", "WireGuard", 120],
      ["files", "File server", "Samba, 14 TB", 120],
      ["printers", "Label printers", "Six of them, in the warehouse", 300],
      ["scanner-gw", "Scanner gateway", "Handhelds in the warehouse", 120, 120],
      ["door", "Door control", "", 300],
      ["phones", "Telephone system", "SIP trunk and 60 extensions", 120],
      ["ups", "UPS in the server room", "Battery and load", 120],
    ],
  ],
  [
    "platform",
    "Platform",
    "default",
    [
      ["k8s-api", "Kubernetes API", "Three control planes", 120, 20],
      ["k8s-worker-1", "Worker node 1", "", 120],
      ["k8s-worker-2", "Worker node 2", "", 120],
      ["k8s-worker-3", "Worker node 3", "", 120],
      ["git", "Git and CI", "Forgejo with four runners", 120],
      ["registry", "Container registry", "", 120],
      ["prometheus", "Prometheus", "Watched by this monitor, because who else would", 120],
    ],
  ],
  [
    "edge",
    "Shops",
    "relaxed",
    [
      ["shop-berlin", "Berlin", "Tills and stock", 120],
      ["shop-hamburg", "Hamburg", "Tills and stock", 120],
      ["shop-vienna", "Vienna", "Tills and stock", 120],
      ["shop-zurich", "Zürich", "Tills and stock", 120],
      ["shop-lisbon", "Lisboa", "Tills and stock", 120],
      ["shop-tlv", "תל אביב", "Opens next month; nothing is installed yet", 120],
    ],
  ],
];

export const kKey = "demo-key";
export const credentials = { NOTIFICATION_ON_CALL_URL: "http://127.0.0.1:9/" }; // where nothing listens

export const services = groups.flatMap(([group, , set, list]) =>
  list.map(([id, name, description, every, took]) => ({ id, name, description, every, took, group, set })),
);

// Not watched any more; what was known of it stays for as long as everything.
export const former = [
  { id: "fax", name: "Fax gateway", every: 120, group: "office", set: "relaxed", removedDays: 17 },
];

export const threshold = ({ every }) => Math.max(300, Math.round(every * (every >= 3_600 ? 1.1 : 3)));

export const config = {
  services: {
    groups: groups.map(([id, name, uptimeThresholdSet, list]) => ({
      id,
      name,
      uptimeThresholdSet,
      services: list.map(([service]) => service),
    })),
    services: services.map((service) => ({
      id: service.id,
      name: service.name,
      description: service.description,
      stalenessThreshold: threshold(service),
      ...(service.id === "printers" && { notifications: { enabled: false } }), // muted
    })),
  },
  settings: {
    uptime: { retentionDays: 365 },
    alertNotifications: { enableBrowserNotifications: true },
    api: { publicLogMetadata: true },
  },
  // One channel that nobody answers for, one without its credentials.
  notifications: {
    channels: [
      { type: "webhook", name: "On call" },
      { type: "slack", name: "#operations" },
    ],
    settings: { alertHistory: { maxAlerts: 400, maxAgeDays: 30 } },
  },
  dashboard: {
    header: {
      title: "Northwind",
      subtitle: "Everything that beats, in three cities and one cloud",
      links: [{ text: "Runbooks", url: "https://example.com/runbooks" }],
    },
    branding: { pageTitle: "Northwind status" },
    footer: { text: "A demonstration: nothing here exists." },
  },
};

// Prints the monitors in the database of Uptime Kuma, kuma.db, as JSON. A program of its own: it needs the Node of
// node_modules, which has SQLite.
import { DatabaseSync } from "node:sqlite";

const database = new DatabaseSync(process.argv[2], { readOnly: true });

const has = (table) =>
  database.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?").get(table);

const notifications = has("monitor_notification")
  ? "(SELECT count(*) FROM monitor_notification WHERE monitor_id = monitor.id)"
  : "0";
const rows = database.prepare(`SELECT *, ${notifications} AS notifications FROM monitor ORDER BY id`).all();
const wanted = [
  "id",
  "name",
  "type",
  "active",
  "interval",
  "retry_interval",
  "maxretries",
  "push_token",
  "parent",
];
const columns = [...wanted, "description", "upside_down", "notifications"];
const monitors = rows.map((row) => Object.fromEntries(columns.map((name) => [name, row[name]])));
console.log(JSON.stringify(monitors));

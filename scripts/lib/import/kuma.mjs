// Monitors of Uptime Kuma, out of its backup (JSON) or its database. Those of type "push" are told, as services are here;
// the others ask.
import { eachObject, listOf, objectOf, secondsOf, textOf } from "./values.mjs";

export const isKuma = (json) => Array.isArray(objectOf(json).monitorList);

export const ofKumaBackup = ({ monitorList }) => ofMonitors(monitorList);

// The columns of the database have other names, and 0 and 1 for false and true.
export const ofKumaRows = (rows) =>
  ofMonitors(
    rows.map((row) => ({
      ...row,
      pushToken: row.push_token,
      retryInterval: row.retry_interval,
      notificationIDList: row.notifications > 0 ? { 1: true } : {},
    })),
  );

function ofMonitors(monitors) {
  const isGroup = (monitor) => objectOf(monitor).type === "group";
  const groups = new Map(monitors.filter(isGroup).map((each) => [each.id, each]));
  const others = monitors.filter((each) => !isGroup(each));
  return { source: "Uptime Kuma", services: eachObject(others, (each) => serviceOf(each, groups)) };
}

function serviceOf(monitor, groups) {
  const name = textOf(monitor.name);
  if (monitor.type !== "push") {
    return { name, refused: `it is asked (type "${textOf(monitor.type)}"), and this monitor asks nobody` };
  }
  const [interval, retryInterval] = [monitor.interval, monitor.retryInterval].map(secondsOf);
  const retries = secondsOf(monitor.maxretries) ?? 0;
  return {
    name,
    group: textOf(groups.get(monitor.parent)?.name),
    description: textOf(monitor.description),
    enabled: ![false, 0].includes(monitor.active),
    token: textOf(monitor.pushToken),
    threshold: interval && interval + retries * (retryInterval ?? interval),
    formula: "interval + retries × retry interval",
    notes: notesOf(monitor, groups),
  };
}

function notesOf({ notificationIDList, tags, upsideDown, parent }, groups) {
  const notes = [];
  if (Object.keys(objectOf(notificationIDList)).length > 0)
    notes.push("notifications: config/notifications.json has the channels");
  const names = listOf(tags)
    .map((tag) => textOf(objectOf(tag).name))
    .filter(Boolean);
  if (names.length > 0) notes.push(`tags ${names.join(", ")}`);
  if (upsideDown === true || upsideDown === 1) notes.push("upside down: a heartbeat means up here");
  if (groups.get(groups.get(parent)?.parent))
    notes.push("a group within a group: only the inner one is taken");
  return notes;
}

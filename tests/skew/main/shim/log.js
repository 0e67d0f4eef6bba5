// One JSON line each. `level` is info, warn or error; `event` names what kind of event it is, if it is one.
export function log(level, message, event) {
  console[level](JSON.stringify({ level, event, message }));
}

// What an outcome of the core has to say. Returns how many errors that are.
export function logAll({ logs = [] }) {
  for (const { level, message, event } of logs) log(level, message, event);
  return logs.filter(({ level }) => level === "error").length;
}

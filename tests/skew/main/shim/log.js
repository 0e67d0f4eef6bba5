// One JSON line each. `level` is info, warn or error; `event` names what kind of event it is, if it is one.
export function log(level, message, event) {
  console[level](escaped(JSON.stringify({ level, event, message })));
}

// JSON leaves some characters as they are that a terminal takes for commands, or for the end of a line.
function escaped(json) {
  const escape = (character) => `\\u${character.codePointAt().toString(16).padStart(4, "0")}`;
  return json.replace(/[\u007f-\u009f\u2028\u2029]/g, escape);
}

// What an outcome of the core has to say. Returns how many errors that are.
export function logAll(logs) {
  for (const { level, message, event } of logs) log(level, message, event);
  return logs.filter(({ level }) => level === "error").length;
}

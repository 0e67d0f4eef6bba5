// One JSON line each. `level` is info, warn or error.
export function log(level, message) {
  console[level](JSON.stringify({ level, message }));
}

// What stands in somebody else's file, of whatever type it is.

export const objectOf = (value) =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};

export const listOf = (value) => (Array.isArray(value) ? value : []);

// What `job` makes of each element that is an object.
export const eachObject = (list, job) =>
  listOf(list).map((value) =>
    objectOf(value) === value ? job(value) : { name: "", refused: "it is no object" },
  );

// One line, or "".
export function textOf(value) {
  const text = typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ").trim();
}

// Seconds, or undefined for what is none.
export const secondsOf = (value) => (Number.isFinite(value) && value > 0 ? Math.ceil(value) : undefined);

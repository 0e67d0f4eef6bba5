// What the browser remembers from visit to visit. Where it is not allowed to, nothing is remembered.

const prefix = "heartbeat:";

export function read(name: string): string | null {
  try {
    return localStorage.getItem(prefix + name);
  } catch {
    return null;
  }
}

export function write(name: string, text: string): void {
  try {
    localStorage.setItem(prefix + name, text);
  } catch {
    // blocked or full
  }
}

// What was written as JSON, when it still is what it should be.
export function readJson<T>(name: string, isSound: (value: unknown) => value is T): T | undefined {
  try {
    const value: unknown = JSON.parse(read(name) ?? "null");
    return isSound(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export const writeJson = (name: string, value: unknown): void => write(name, JSON.stringify(value));

export const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((each) => typeof each === "string");

// Which browsers the tests of the page drive.
import { onPath } from "./paths.mjs";

// The path of a Chromium, or undefined. CHROMIUM names one that is not on PATH.
export function browser() {
  return process.env.CHROMIUM || ["chromium", "chromium-browser", "google-chrome"].map(onPath).find(Boolean);
}

// The same of a Firefox, and FIREFOX.
export function firefox() {
  return process.env.FIREFOX || ["firefox-esr", "firefox"].map(onPath).find(Boolean);
}

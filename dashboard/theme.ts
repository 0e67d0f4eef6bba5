// Runs before the first paint, so that a chosen mode does not flash in after the configured one.
import { read } from "./model/storage.ts";

const chosen = read("theme");
if (chosen === "light" || chosen === "dark" || chosen === "auto") {
  document.documentElement.dataset.theme = chosen;
}

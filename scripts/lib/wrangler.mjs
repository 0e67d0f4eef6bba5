// How wrangler is started: by the Node that is new enough for it.
import { inRoot, node } from "./paths.mjs";
import { attached, run } from "./run.mjs";

export const wrangler = (...args) => [
  node,
  [inRoot("node_modules", "wrangler", "bin", "wrangler.js"), ...args],
];

// With the terminal as its own; its exit code becomes this process's.
export async function runWrangler(...args) {
  process.exitCode = await attached(...wrangler(...args));
}

// Resolves with its stdout; fails with the sentence.
export function askWrangler(args, sentence, options) {
  return run(...wrangler(...args), sentence, options);
}

// Resolves with the list that it prints, perhaps after other lines.
export async function listOf(args, sentence) {
  const text = await askWrangler(args, sentence);
  return JSON.parse(text.slice(text.search(/^\[/m)));
}

// How wrangler is started: by the Node that is new enough for it.
import { inRoot, node } from "./paths.mjs";
import { captureBoth, run } from "./run.mjs";

export const wrangler = (...args) => [
  node,
  [inRoot("node_modules", "wrangler", "bin", "wrangler.js"), ...args],
];

// Resolves with its stdout; fails with the sentence.
export function askWrangler(args, sentence, options) {
  return run(...wrangler(...args), sentence, options);
}

// Resolves with {code, output, stdout}.
export const tryWrangler = (args) => captureBoth(...wrangler(...args));

// Resolves with the list that it prints, perhaps after other lines.
export async function listedBy(args, sentence) {
  return listIn(await askWrangler(args, sentence));
}

export const listIn = (text) => JSON.parse(text.slice(text.search(/^\[/m)));

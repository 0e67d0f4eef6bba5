// How prettier is started.
import { inRoot, node } from "./paths.mjs";

export const prettier = (...args) => [
  node,
  [inRoot("node_modules", "prettier", "bin", "prettier.cjs"), ...args],
];

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { inRoot, node, nodeFor } from "../../scripts/lib/paths.mjs";

const { packages } = JSON.parse(readFileSync(inRoot("package-lock.json"), "utf8"));

// A registry that lacks the packages of other platforms leaves them out, and `npm ci` then refuses the file.
test("the lock file has every package that another one asks for, whatever the platform", () => {
  const wanted = Object.values(packages).flatMap(({ dependencies, optionalDependencies }) =>
    Object.keys({ ...dependencies, ...optionalDependencies }),
  );
  const found = new Set(Object.keys(packages).map((path) => path.split("node_modules/").at(-1)));
  assert.deepEqual(
    wanted.filter((name) => !found.has(name)),
    [],
  );
});

test("the lock file leaves it to the machine which registry the packages come from", () => {
  assert.deepEqual(
    Object.keys(packages).filter((path) => packages[path].resolved),
    [],
  );
});

test("every package that we ask for is pinned to one version", () => {
  const { devDependencies, optionalDependencies } = JSON.parse(readFileSync(inRoot("package.json"), "utf8"));
  for (const [name, version] of Object.entries({ ...devDependencies, ...optionalDependencies }))
    assert.match(version, /^\d+\.\d+\.\d+$/, name);
});

test("the lock file has a hash for every package", () => {
  assert.deepEqual(
    Object.keys(packages).filter((path) => path !== "" && !/^sha512-/.test(packages[path].integrity)),
    [],
  );
});

// Both only put a program in the place of the script that finds it.
test("npm runs no script of a package, and only those have one that work without", () => {
  assert.match(readFileSync(inRoot(".npmrc"), "utf8"), /^ignore-scripts=true$/m);
  assert.deepEqual(
    Object.keys(packages).filter((path) => packages[path].hasInstallScript),
    ["node_modules/esbuild", "node_modules/workerd"],
  );
});

test("Node is the same for each kind of machine, and what runs here", () => {
  const { optionalDependencies } = packages[""];
  assert.equal(Object.keys(optionalDependencies).length, 4);
  assert.deepEqual(new Set(Object.values(optionalDependencies)), new Set([versionOf(node)]));
});

const versionOf = (program) => execFileSync(program, ["--version"], { encoding: "utf8" }).trim().slice(1);

test("where npm has no Node, the machine's own is taken when wrangler can do with it", () => {
  const taken = (version) => nodeFor("linux-riscv64", version) === process.execPath;
  assert.deepEqual(["20.19.0", "22.11.0", "22.12.0", "23.0.0"].map(taken), [false, false, true, true]);
  assert.match(
    nodeFor(`${process.platform}-${process.arch}`, "24.0.0"),
    /node_modules\/node-[\w-]+\/bin\/node$/,
  );
});

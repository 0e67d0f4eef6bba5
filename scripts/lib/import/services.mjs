// Takes over the services of another monitor, out of a file of it.
import { faultList, requireNoFaults } from "../check-config.mjs";
import { readConfig } from "../config.mjs";
import { provideCore } from "../core.mjs";
import { exclusively } from "../exclusive.mjs";
import { installPackages } from "../install.mjs";
import { rememberKeys } from "../keys.mjs";
import { visible } from "../log-lines.mjs";
import { kFile } from "../production-vars.mjs";
import { Failure, say } from "../say.mjs";
import { addAll } from "../services-file.mjs";
import { planOf } from "./plan.mjs";
import { readOther } from "./read.mjs";

export async function importServices(file, { isDry }) {
  await installPackages();
  const other = await readOther(file);
  const plan = planOf(other, surroundings());
  introduce(other, plan);
  if (isDry) return say("\nNothing was written.");
  if (plan.services.length === 0) throw new Failure("\nThere is nothing to take over.");
  await provideCore();
  await exclusively(() => write(plan));
  say(`\nWritten into config/services.json and ${kFile}. What is next:\n`);
  say("  npm run deploy\n  npm run keys -- --put\n");
  say("Then let each service send its heartbeats here: docs/clients.md.");
}

function surroundings() {
  const { services = [] } = readConfig("services");
  const { checkIntervalSeconds: shortest = 60 } = readConfig("settings").monitoring ?? {};
  return { known: new Set(services.flatMap(({ id, formerly = [] }) => [id, formerly].flat())), shortest };
}

// All of it or nothing.
async function write({ services, groups, keys }) {
  await requireNoFaults();
  const takeBack = await addAll(services, groups);
  try {
    await requireNoFaults(
      (faults) =>
        `With these services the configuration has faults, so none was added.\n${faultList(faults)}`,
    );
    await rememberKeys(keys);
  } catch (error) {
    takeBack();
    throw error;
  }
}

function introduce({ source, services }, { taken, kept, made, refused, notes }) {
  say(`Services read of ${source}: ${services.length}.`);
  list("Taken over:", taken);
  list("Not taken over:", refused);
  list("Left behind, of those that are taken over:", notes);
  list("Their token stays their key:", kept);
  list("A new key is made:", made);
  say("\nStates, histories and channels stay where they are.");
}

function list(title, lines) {
  if (lines.length > 0) say(["", title, ...lines.map((line) => `  ${visible(line)}`)].join("\n"));
}

// npm run model: the storage of heartbeats as a model, in every order in which its steps can happen.
import "./lib/node-version.mjs";
import { installPackages, installPrograms, toModel } from "./lib/install.mjs";
import { changed, explored, models } from "./lib/model.mjs";
import { main, say } from "./lib/say.mjs";

const usage = `npm run model

Has spin look at every order in which heartbeats, the check, the checkpoint, publishing, a death and a late write can
happen, in the models of tests/model; and sees that it finds what is wrong with models that were broken on purpose.

  npm run model
`;

main(async () => {
  await installPackages();
  await installPrograms(toModel);
  let wrong = 0;
  const tell = async (sentence, isToHold, exploring) => {
    const { errors, states } = await exploring;
    const isSo = isToHold === (errors === 0);
    if (!isSo) wrong++;
    say(
      `${isSo ? "As it should be" : "WRONG"}: ${sentence} (${errors === 0 ? "holds" : "does not hold"}, ${states} states)`,
    );
  };
  for (const { name, says, holds, broken = [] } of models) {
    await tell(`${name}: ${says}`, holds, explored(name));
    for (const change of broken)
      await tell(`${name}, broken: ${change.says}`, false, explored(name, changed(change)));
  }
  process.exitCode = wrong === 0 ? 0 : 1;
}, usage);

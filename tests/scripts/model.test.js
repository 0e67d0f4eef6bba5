// npm run model: the models hold or fail as they are to, and each of them would notice what was broken on purpose.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { installPrograms, toModel } from "../../scripts/lib/install.mjs";
import { changed, explored, models } from "../../scripts/lib/model.mjs";

before(() => installPrograms(toModel));

for (const { name, says, holds, broken = [] } of models) {
  test(`spin ${holds ? "finds nothing against" : "finds"} that ${says}`, async () => {
    const { errors, states } = await explored(name);
    assert.equal(errors === 0, holds);
    assert.ok(states > 10, `only ${states} states`);
  });

  for (const change of broken) {
    test(`spin finds in the model ${name} that ${change.says}`, async () => {
      const { errors } = await explored(name, changed(change));
      assert.notEqual(errors, 0);
    });
  }
}

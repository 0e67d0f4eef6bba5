// How everything is: the sentence, the numbers, and what is wrong with the monitor itself.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { ago, open, site, states, tell, texts, withData } from "./fixture.js";

const sentence = (page) => page.innerText("#overall");

describe("the overview", () => {
  test("one sentence says how everything is, the unknown among it", async (t) => {
    const { page } = await open(t);
    assert.equal(await sentence(page), "2 of 7 services are down, 1 degraded, 1 unknown");
  });

  test("says it as the page does without a script, whatever the numbers", async (t) => {
    const all = (status) =>
      Object.fromEntries([...Object.keys(states), "lonely"].map((id) => [id, [status, ago(9), null]]));
    for (const told of [
      all("up"),
      all("down"),
      all("unknown"),
      { ...all("up"), web: ["degraded", ago(9), null] },
      {},
    ]) {
      await tell(site.monitor, { states: told });
      const { body } = await site.monitor.get("/");
      const plain = body.match(/<h2 id="overall">(.*?)<\/h2>/)[1];
      const { page } = await open(t);
      assert.equal(await sentence(page), plain);
    }
  });

  test("names what is wrong, why, and since when, the worst first", async (t) => {
    const { page } = await open(t);
    const failing = await texts(page, ".failing li");
    assert.equal(failing[0], "Database down since 05:00: nothing heard for an hour");
    assert.equal(failing.at(-1), "Mail 📬 degraded since 05:00: queue is long");
    await page.getByRole("link", { name: "Database" }).first().click();
    assert.equal(new URL(page.url()).hash, "#/service/db");
  });

  test("a number filters when it is clicked, and not any more when it is clicked again", async (t) => {
    const { page } = await open(t);
    assert.deepEqual(await texts(page, ".card"), ["7 Services", "2 Down", "1 Degraded", "1 Unknown", "3 Up"]);
    const down = page.getByRole("button", { name: "2 Down" });
    await down.click();
    assert.equal(await page.locator(".service").count(), 2);
    assert.equal(await down.getAttribute("aria-pressed"), "true");
    assert.equal(new URL(page.url()).hash, "#/?status=down");
    await down.click();
    assert.equal(await page.locator(".service").count(), 7);
    await page.getByRole("button", { name: "1 Unknown" }).click();
    assert.deepEqual(await texts(page, ".service h3"), ["Backup"]);
    await page.getByRole("button", { name: "7 Services" }).click();
    assert.equal(await page.locator(".service").count(), 7);
  });

  test("says when it was last checked", async (t) => {
    const { page } = await open(t);
    assert.match(await page.innerText(".checked"), /^Last checked 05:59, 1 min ago$/);
  });

  test("warns when the check is stale", async (t) => {
    await tell(site.monitor, { timestamp: ago(30) });
    const { page } = await open(t);
    assert.match(await page.innerText(".notices"), /No check was stored for 30 min/);
    assert.equal(await sentence(page), "30 min old: 2 of 7 services were down, 1 degraded, 1 unknown");
  });

  test("says what is wrong with the monitor and its channels", async (t) => {
    const change = (data) => {
      data.status.channels = [{ name: "on-call <b>", failingSince: ago(20) }];
      data.status.notices = [
        {
          kind: "blind-gap",
          text: "No check ran from 02:00 to 04:00; what happened then is not known",
          since: ago(240),
        },
        { kind: "quota", text: "81 % of the day's requests are used", since: ago(5) },
      ];
      return data;
    };
    const { page, complaints } = await open(t, "#/", { prepare: withData(change) });
    assert.deepEqual(await texts(page, ".notice"), [
      "The channel on-call <b> takes no messages since 05:40",
      "No check ran from 02:00 to 04:00; what happened then is not known since 02:00",
      "81 % of the day's requests are used since 05:55",
    ]);
    assert.deepEqual(complaints, []);
  });
});

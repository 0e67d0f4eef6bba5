// For everybody: axe-core in each view, the keyboard, small windows, large letters.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { faults, kAtOnce, open, row, settledAt } from "./fixture.js";

const fits = (page) => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);

const views = {
  "the overview": ["#/", "#overall", async () => {}],
  "a search without result": ["#/?q=zzz", ".none", async () => {}],
  "a service": ["#/service/db", ".chart svg >> nth=0", async () => {}],
  "two services": ["#/compare?a=db&b=web", ".chart svg >> nth=1", async () => {}],
  "the wall": ["#/wall", ".tile >> nth=0", async () => {}],
  "the alerts": ["#/", ".alert >> nth=1", (page) => page.getByRole("button", { name: "Alerts" }).click()],
  "the export": [
    "#/",
    ".pick li >> nth=0",
    async (page) => {
      await page.getByRole("button", { name: "Export" }).click();
      await page.getByText("Choose").click();
      await page.getByText("From … to").click();
    },
  ],
  "a day of the bars": [
    "#/",
    ".tip",
    async (page) => {
      const bars = row(page, "db").locator(".bars");
      await settledAt(bars);
      await bars.click();
    },
  ],
};

describe("for everybody", kAtOnce, () => {
  for (const [name, [hash, selector, act]] of Object.entries(views)) {
    test(`axe finds nothing in ${name}, at 320, 768 and 1440 px, light and dark`, async (t) => {
      const { page, complaints } = await open(t, hash, {
        viewport: { width: 320, height: 800 },
        reducedMotion: "reduce",
      });
      await act(page);
      await page.locator(selector).waitFor();
      for (const width of [320, 768, 1440]) {
        await page.setViewportSize({ width, height: 900 });
        for (const colorScheme of ["light", "dark"]) {
          await page.emulateMedia({ colorScheme });
          assert.deepEqual(await faults(page), [], `${width} px, ${colorScheme}`);
          assert.ok(await fits(page), `${width} px wide`);
        }
      }
      assert.deepEqual(complaints, []);
    });
  }

  test("axe finds nothing without JavaScript", async (t) => {
    const { page } = await open(t, "", { javaScriptEnabled: false });
    const html = await page.content();
    const { page: shown } = await open(t);
    await shown.evaluate((text) => {
      const parsed = new DOMParser().parseFromString(text, "text/html");
      document.body.replaceWith(parsed.body);
      document.documentElement.classList.add("plainly");
    }, html);
    assert.deepEqual(await faults(shown), []);
  });

  test("the first key press leads past the head to the services", async (t) => {
    const { page } = await open(t);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.innerText), "Skip to the services");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  });

  test("everything is reached by the keyboard, and the focus is seen", async (t) => {
    const { page } = await open(t);
    const reached = new Set();
    for (let i = 0; i < 80; i++) {
      await page.keyboard.press("Tab");
      const [name, outline] = await page.evaluate(() => {
        const element = document.activeElement;
        if (element === document.body) return ["", ""]; // the end of the page
        const ring = element.matches(".segments input") ? element.nextElementSibling : element;
        return [element.ariaLabel ?? element.innerText ?? "", getComputedStyle(ring).outlineStyle];
      });
      if (name === "") continue;
      reached.add(name.split("\n")[0].trim());
      assert.equal(outline, "solid", name);
    }
    for (const name of [
      "Refresh",
      "Alerts",
      "Export",
      "Wall",
      "Search services",
      "Group",
      "Order",
      "Production",
      "Daily uptime of Database",
    ]) {
      assert.ok(reached.has(name), `${name} is not reached: ${[...reached].join()}`);
    }
  });

  test("coming back from a service, the focus is on its link", async (t) => {
    const { page } = await open(t);
    await row(page, "mail").getByRole("link").click();
    await page.locator("#own-title").waitFor();
    await page.goBack();
    await page.waitForFunction(() => document.activeElement.getAttribute("href") === "#/service/mail");
  });

  test("nothing moves for who wants it still", async (t) => {
    const { page } = await open(t, "#/", { reducedMotion: "reduce" });
    await page.getByRole("button", { name: "Alerts" }).click();
    const moving = await page.evaluate(
      () => document.getAnimations().filter(({ effect }) => effect.getTiming().duration > 0).length,
    );
    assert.equal(moving, 0);
  });

  test("at 200 % of letters nothing is cut off or scrolled sideways", async (t) => {
    const { page } = await open(t, "#/", { viewport: { width: 1280, height: 900 } });
    await page.addStyleTag({ url: "data:text/css,html{font-size:200%25}" }).catch(() => {});
    await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
    assert.ok(await fits(page));
    const { page: zoomed } = await open(t, "#/", {
      viewport: { width: 640, height: 450 },
      deviceScaleFactor: 2,
    });
    assert.ok(await fits(zoomed));
  });

  test("what can be tapped is at least 24 px high", async (t) => {
    const { page } = await open(t, "#/", { viewport: { width: 320, height: 800 } });
    const small = await page.evaluate(() =>
      [...document.querySelectorAll("button, select, input, [role=slider]")]
        .filter((element) => element.checkVisibility() && !element.matches(".segments input"))
        .map((element) => [element.ariaLabel ?? element.innerText, element.getBoundingClientRect().height])
        .filter(([, height]) => height < 24),
    );
    assert.deepEqual(small, []);
  });
});

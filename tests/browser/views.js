// What the views have to be on any screen, on paper, and with thousands of services.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { cell, cells, full, kAtOnce, open, row, site, tell, texts, withData } from "./fixture.js";

// So many services in place of the usual ones, of which the first ones fail.
const crowd =
  (count, failing = 0, groups = 4) =>
  (data) => {
    data.groups = Array.from({ length: groups }, (_, i) => [`g${i}`, `Group ${i}`]);
    data.services = Array.from({ length: count }, (_, i) => [
      `s${i}`,
      `Service number ${i}`,
      i % groups,
      i < failing ? "down" : "up",
      3_600_000 + i,
      60_000,
      300_000,
    ]);
    return data;
  };

const isFitting = (page) => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);

describe("any view", kAtOnce, () => {
  test("has its name in the title", async (t) => {
    for (const [hash, title] of [
      ["#/", "✖ 2 down · Service status"],
      ["#/service/db", "✖ 2 down · Database · Service status"],
      ["#/service/nobody", "✖ 2 down · No such service · Service status"],
      ["#/compare?a=db", "✖ 2 down · Compare · Service status"],
      ["#/wall", "✖ 2 down · Wall · Service status"],
    ]) {
      const { page } = await open(t, hash);
      assert.equal(await page.title(), title);
    }
  });

  test("fits screens from 320 to 2560 px, and has use for all of a wide one", async (t) => {
    for (const hash of ["#/", "#/service/db", "#/compare?a=db&b=web", "#/wall"]) {
      const { page } = await open(t, hash);
      for (const width of [320, 390, 768, 1440, 2560]) {
        await page.setViewportSize({ width, height: 900 });
        assert.ok(await isFitting(page), `${hash} at ${width} px`);
      }
      const right = await page.evaluate(() =>
        Math.max(
          ...[...document.querySelectorAll(".group, .panel, .tile")].map(
            (each) => each.getBoundingClientRect().right,
          ),
        ),
      );
      assert.ok(right > 2400, `${hash}: ${right} px`);
    }
  });

  test("has no scroller within the page that scrolls", async (t) => {
    for (const [hash, act] of [
      ["#/service/db", () => {}],
      ["#/", (page) => page.getByRole("button", { name: "Alerts" }).click()],
    ]) {
      const { page } = await open(t, hash, { viewport: { width: 320, height: 256 } }); // 1280 px at 400 %
      await act(page);
      await page.waitForLoadState("networkidle");
      const nested = await page.evaluate(() =>
        [...document.querySelectorAll("main *, .dialog *")]
          .filter((each) => each.clientHeight < each.scrollHeight - 1)
          .filter((each) => ["auto", "scroll"].includes(getComputedStyle(each).overflowY))
          .filter((each) => each.clientHeight < 200)
          .map((each) => each.className),
      );
      assert.deepEqual(nested, []);
    }
  });

  test("shows which day range, tab and choice is chosen in the reader's own colours", async (t) => {
    const { page } = await open(t, "#/service/db", { forcedColors: "active" });
    const background = (selector) =>
      page
        .locator(selector)
        .first()
        .evaluate((element) => getComputedStyle(element).backgroundColor);
    const [chosen, other] = await Promise.all([
      background(".own .segments input:checked + span"),
      background(".own .segments input:not(:checked) + span"),
    ]);
    assert.notEqual(chosen, other);
    assert.notEqual(await background('[aria-selected="true"]'), await background('[aria-selected="false"]'));
    await page.goto(`${site.url}#/?list=flat&status=down`);
    assert.notEqual(await background('.toolbar [aria-pressed="true"]'), await background(".controls button"));
    assert.notEqual(await background(".card.down"), await background(".card.up"));
  });

  test("is dark on white on paper, whatever the screen's colours, with all of its charts", async (t) => {
    const { page } = await open(t, "#/service/db", { colorScheme: "dark" });
    await page.evaluate(() => (document.documentElement.dataset.theme = "dark"));
    await page.emulateMedia({ media: "print" });
    await page.setViewportSize({ width: 700, height: 1000 });
    const [color, background] = await page.evaluate(() => {
      const { color, backgroundColor } = getComputedStyle(document.body);
      return [color, backgroundColor];
    });
    assert.equal(color, "rgb(0, 0, 0)");
    assert.equal(background, "rgb(255, 255, 255)");
    const boxes = await page.locator(".chart, .calendar, .bars").evaluateAll((all) =>
      all
        .filter((each) => each.checkVisibility())
        .map((each) => each.getBoundingClientRect())
        .map(({ left, right, top, bottom }) => ({ left, right, top, bottom })),
    );
    assert.equal(await page.locator("button:visible, input:visible").count(), 0);
    assert.ok(boxes.length > 2);
    boxes.forEach(({ left, right, top }, i) => {
      assert.ok(left >= 0 && right <= 700, "cut off");
      if (i > 0) assert.ok(top >= boxes[i - 1].bottom - 1, "overlapping");
    });
  });
});

describe("numbers", kAtOnce, () => {
  test("have separators of thousands, and are not broken", async (t) => {
    for (const width of [320, 1440]) {
      const { page } = await open(t, "#/", {
        prepare: withData(crowd(12_345, 1_000)),
        viewport: { width, height: 900 },
      });
      assert.equal(await page.innerText("#overall"), "1,000 of 12,345 services are down");
      assert.deepEqual(await texts(page, ".card b"), ["12,345", "1,000", "0", "0", "11,345"]);
      for (const [inner, outer] of await page
        .locator(".card")
        .evaluateAll((all) =>
          all.map((card) =>
            [card.querySelector("b").getBoundingClientRect(), card.getBoundingClientRect()].map(
              ({ right, height }) => ({ right, height }),
            ),
          ),
        )) {
        assert.ok(inner.right <= outer.right && inner.height < 40, JSON.stringify([inner, outer]));
      }
    }
  });
});

describe("the list", kAtOnce, () => {
  test("of up to 300 services is all there, so that the browser's search finds each", async (t) => {
    const { page } = await open(t, "#/", { prepare: withData(crowd(300)) });
    await page.waitForFunction(() => document.querySelectorAll(".service").length === 300);
    assert.equal(await page.evaluate(() => globalThis.find("Service number 299")), true);
  });

  test("has the uptime of each group and of everything over the last 24 hours, as far as it is known", async (t) => {
    const prepare = withData((data) => {
      data.uptimes[0] = 97.5;
      data.groups[0][2][0] = 95;
      return data;
    });
    const { page } = await open(t, "#/", { prepare });
    assert.match((await texts(page, ".everything"))[0], /^Uptime of all 24 h 97.50 % 7 days/);
    const groups = await texts(page, ".group-uptimes");
    assert.match(groups[0], /^24 h 95 % 7 d/);
    assert.match(groups[1], /^24 h – 7 d/);
  });

  test("has the uptime of each group and of everything", async (t) => {
    await tell(site.monitor, { cells: { ...cells, web: full.repeat(119) + cell(360, 0, 0, 0) } });
    const { page } = await open(t);
    const group = page.locator(".group", { hasText: "Production" }).locator(".group-uptimes");
    const known = async (ids, days) => {
      let [good, all] = [0, 0];
      for (const id of ids) {
        const { body } = await site.monitor.get(`/api/uptime?serviceId=${id}&days=${days}`);
        for (const day of body.days) {
          good += day.upChecks + day.degradedChecks / 2;
          all += day.upChecks + day.degradedChecks + day.downChecks;
        }
      }
      return ((good / all) * 100).toFixed(2);
    };
    const production = await known(["web", "db", "mail"], 30);
    assert.match(await group.innerText(), new RegExp(`30 d\\s+${production} %`));
    const everything = await known(["web", "db", "mail", "odd", "rtl", "long", "lonely"], 7);
    assert.match((await texts(page, ".everything"))[0], new RegExp(`7 days ${everything} %`));
  });
});

describe("two services compared", kAtOnce, () => {
  test("are shared by the address, and stand on one scale", async (t) => {
    const { page } = await open(t, "#/service/db");
    await page.getByRole("link", { name: "Compare with another" }).click();
    await page.getByLabel("The other service", { exact: true }).last().fill("Public API (web)");
    await page.getByText("30 d", { exact: true }).last().click();
    const { hash } = new URL(page.url());
    assert.equal(hash, "#/compare?a=db&b=web&days=30");
    const { page: other } = await open(t, hash);
    assert.deepEqual(await texts(other, ".pair h3"), ["Database", "Public API"]);
    const scales = await other
      .locator(".pair .scale")
      .evaluateAll((all) => all.map((each) => each.innerText));
    assert.equal(scales.length, 2);
    assert.equal(scales[0], scales[1]);
  });

  test("an id that there is not is said", async (t) => {
    const { page, complaints } = await open(t, "#/compare?a=nobody&b=%3Cb%3E");
    assert.deepEqual(await texts(page, ".problem"), [
      "No service with the id nobody is watched here.",
      "No service with the id <b> is watched here.",
    ]);
    assert.deepEqual(complaints, []);
  });
});

describe("the calendar", kAtOnce, () => {
  test("has a square for each day, which tells about itself", async (t) => {
    const { page } = await open(t, "#/service/db");
    const squares = await page
      .locator(".calendar path")
      .evaluateAll((all) => all.reduce((sum, path) => sum + path.getAttribute("d").split("M").length - 1, 0));
    assert.equal(squares, 120);
    const map = page.locator(".calendar svg");
    await map.scrollIntoViewIfNeeded();
    const { width, height } = await map.boundingBox();
    const weeks = Math.round(((width / height) * 68 + 2) / 10);
    await map.hover({ position: { x: (width * (weeks - 0.5)) / weeks, y: (height * 6.5) / 7 } }); // the 22nd is a Sunday
    assert.match((await texts(page, ".tip"))[0], /^22 Nov 2026 83.33 %/);
  });
});

describe("the wall of many", kAtOnce, () => {
  const inSight = (page, selector) =>
    page.locator(selector).evaluateAll((all) =>
      all.every((each) => {
        const { left, top, right, bottom } = each.getBoundingClientRect();
        return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
      }),
    );
  const areWhole = (page, selector) =>
    page.locator(selector).evaluateAll((all) => all.every((each) => each.scrollWidth <= each.clientWidth));
  const letter = (page) =>
    page
      .locator(".tile")
      .first()
      .evaluate((tile) => parseFloat(getComputedStyle(tile).fontSize));

  for (const [width, height] of [
    [1920, 1080],
    [1280, 720],
    [2560, 1440],
    [1080, 1920],
  ]) {
    for (const [count, failing] of [
      [3, 0],
      [41, 3],
      [200, 9],
      [1000, 12],
      [1000, 40],
      [1000, 200],
      [1000, 1000],
    ]) {
      test(`${count} services, ${failing} failing, at ${width} × ${height} px: in sight, and readable`, async (t) => {
        const { page } = await open(t, "#/wall", {
          prepare: withData(crowd(count, failing, 20)),
          viewport: { width, height },
        });
        assert.ok(await inSight(page, ".tile"));
        if (count <= 41) assert.ok(await areWhole(page, ".tile h2 span"));
        assert.ok((await letter(page)) >= 0.0219 * Math.min(width, height));
        const shown = await page.locator(".tile.down:not(.group-tile)").count();
        const said = page.locator(".unseen-tiles");
        if (shown < failing) {
          assert.match(await said.innerText(), new RegExp(`${failing - shown} more that fail`));
          assert.ok(await inSight(page, ".unseen-tiles"));
        } else if (await page.locator(".tile:not(.down)").count()) assert.equal(await said.count(), 0);
        if (failing <= (Math.min(width, height) > 800 ? 200 : 40)) assert.equal(shown, failing);
      });
    }
  }

  test("is left by a touch", async (t) => {
    const { page } = await open(t, "#/wall", { hasTouch: true, viewport: { width: 1024, height: 768 } });
    const leave = page.getByRole("link", { name: "Leave the wall view" });
    const { width, height } = await leave.boundingBox();
    assert.ok(width >= 44 && height >= 44);
    await leave.tap();
    await row(page, "db").waitFor();
  });
});

describe("times", kAtOnce, () => {
  test("name the zone in the hour that a change of clocks repeats, and only there", async (t) => {
    const answer = {
      incidents: [
        { status: "down", start: "2026-10-25T01:59:59.000Z", end: "2026-10-25T02:00:00.000Z", message: null },
        { status: "down", start: "2026-10-25T00:30:00.000Z", end: "2026-10-25T01:30:00.000Z", message: null },
      ],
      next: null,
    };
    const prepare = (page) => page.route("**/api/incidents**", (route) => route.fulfill({ json: answer }));
    const { page } = await open(t, "#/service/web", { prepare, timezoneId: "Europe/Berlin" });
    await page.locator("#incidents ~ .scroll").waitFor();
    const [later, both] = await texts(page, "#incidents ~ .scroll tbody tr");
    assert.match(both, /02:30 (CEST|GMT\+2) .*02:30 (CET|GMT\+1) 1 h/);
    assert.match(later, /02:59 (CET|GMT\+1) .*03:00 1 s/);
  });
});

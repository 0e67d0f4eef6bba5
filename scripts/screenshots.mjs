// npm run screenshots: the pictures of docs/images, taken of the demonstration. Another folder can be named:
// npm run screenshots -- /tmp/pictures
import { mkdir } from "node:fs/promises";
import path from "node:path";
import "./lib/node-version.mjs";
import { browser as chromiumPath } from "./lib/browser.mjs";
import { installPrograms, toBrowse } from "./lib/install.mjs";
import { optionsOf } from "./lib/options.mjs";
import { inRoot } from "./lib/paths.mjs";
import { prepare } from "./lib/prepare.mjs";
import { main, say } from "./lib/say.mjs";

const click = (name) => (page) => page.getByRole("button", { name }).click();
const hoverDay = (page) =>
  page.locator('[data-id="stock-sync"] .bars').hover({ position: { x: 442, y: 16 } });

// name: [address, width, height, dark or light, what to do first]
const pictures = {
  overview: ["#/", 1280, 800, "light", hoverDay],
  "overview-dark": ["#/", 1280, 800, "dark"],
  service: ["#/service/checkout", 1280, 1120, "light"],
  wall: ["#/wall", 1600, 900, "dark"],
  alerts: ["#/", 1280, 800, "light", click("Alerts")],
  phone: ["#/", 390, 844, "dark"],
};

const usage = `npm run screenshots -- [folder]

Takes the pictures of docs/images, or of the folder that is named, of the demonstration.

  npm run screenshots
  npm run screenshots -- /tmp/pictures
`;

main(async (args) => {
  const { words } = optionsOf(args, { options: {}, usage, count: [0, 1] });
  const folder = words[0] ?? inRoot("docs", "images");
  await prepare();
  await installPrograms(toBrowse);
  const { chromium } = await import("playwright-core"); // not there before the packages are installed
  const { startDemo } = await import("./demo/monitor.mjs");
  const { url, stop } = await startDemo();
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: ["--no-sandbox"] });
  await mkdir(folder, { recursive: true });
  for (const [name, picture] of Object.entries(pictures)) {
    const file = path.join(folder, `${name}.png`);
    await take(browser, url, file, picture);
    say(file);
  }
  await browser.close();
  await stop();
}, usage);

async function take(browser, url, file, [hash, width, height, colorScheme, act]) {
  const options = { viewport: { width, height }, colorScheme, locale: "en-GB", timezoneId: "Europe/Berlin" };
  const page = await browser.newPage(options);
  await page.goto(url + hash, { waitUntil: "networkidle" });
  await act?.(page);
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)));
  await page.screenshot({ path: file });
  await page.close();
}

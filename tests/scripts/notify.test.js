// npm run notify against a monitor that runs.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { root } from "../../scripts/lib/paths.mjs";
import { kAlertKey, startNotifying } from "../worker/notifications/channels.js";
import { startProviders } from "../worker/notifications/providers.js";
import { command } from "./copy.js";

describe("npm run notify", () => {
  let monitor, providers, url;
  before(async () => {
    providers = await startProviders();
    monitor = await startNotifying({ channels: [{ type: "slack", name: "slack" }] });
    url = await monitor.url();
  });
  after(async () => {
    await monitor.close();
    await providers.close();
  });

  const notify = async (...args) => {
    const env = { ...process.env, ALERT_API_KEY: kAlertKey };
    const running = command(root, "notify", [...args, "--url", url], env);
    return { code: await running.ended, output: running.output };
  };

  test("sends one message through a channel, and says who took it", async () => {
    assert.deepEqual(await notify("slack", "--event", "down"), {
      code: 0,
      output: "slack (slack) took the message: HTTP 200\n",
    });
    assert.equal(providers.news("slack").length, 1);
  });

  test("says what the provider said when it did not take the message", async () => {
    providers.answers("slack", { status: 404, body: "no_service" });
    const { code, output } = await notify("slack");
    assert.equal(code, 1);
    assert.equal(output, "HTTP 404: no_service\n");
  });

  test("says so when there is no such channel", async () => {
    assert.deepEqual(await notify("nobody"), { code: 1, output: "There is no such channel\n" });
  });
});

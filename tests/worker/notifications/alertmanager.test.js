// A real Alertmanager delivers to the real Worker.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { after, before, describe, test } from "node:test";

import { kAlertKey, startNotifying } from "./channels.js";
import { startProviders } from "./providers.js";

const kTries = 300; // of 100 ms, for something that is about to happen

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

async function eventually(isTrue, what) {
  for (let tries = 0; !(await isTrue()); tries++) {
    if (tries === kTries) throw new Error(`${what} did not come about`);
    await sleep(100);
  }
}

class Alertmanager {
  async start(url) {
    this.folder = await mkdtemp(join(tmpdir(), "heartbeat-alertmanager-"));
    const port = await freePort();
    this.url = `http://127.0.0.1:${port}`;
    await writeFile(
      join(this.folder, "config.yml"),
      `route: {receiver: monitor, group_by: [job], group_wait: 100ms, group_interval: 500ms, repeat_interval: 1h}
receivers:
  - name: monitor
    webhook_configs:
      - url: ${url}api/alert
        send_resolved: true
        http_config: {authorization: {type: Bearer, credentials: ${kAlertKey}}}
`,
    );
    this.process = spawn(
      "prometheus-alertmanager",
      [
        `--config.file=${this.folder}/config.yml`,
        `--storage.path=${this.folder}/data`,
        `--web.listen-address=127.0.0.1:${port}`,
        "--cluster.listen-address=",
        "--log.level=error",
      ],
      { stdio: "ignore" },
    );
    const isReady = () =>
      fetch(`${this.url}/-/ready`).then(
        ({ ok }) => ok,
        () => false,
      );
    await eventually(isReady, "Alertmanager's start");
  }

  // `alerts` are [name, "firing" or "resolved"].
  async post(...alerts) {
    await this.postOf({ job: "node", severity: "page" }, alerts);
  }

  // Those that share all labels but their names are one group.
  async postOf(labels, alerts) {
    const body = alerts.map(([alertname, status]) => ({
      labels: { alertname, ...labels },
      annotations: { summary: `${alertname} is too high` },
      startsAt: this.startedAt,
      endsAt: status === "resolved" ? new Date(Date.now() - 1000).toISOString() : undefined,
    }));
    const response = await fetch(`${this.url}/api/v2/alerts`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    assert.equal(response.status, 200, await response.text());
  }

  startedAt = new Date(Date.now() - 60_000).toISOString();

  async close() {
    this.process.kill();
    await once(this.process, "exit");
    await rm(this.folder, { recursive: true });
  }
}

describe("Alertmanager", () => {
  const alertmanager = new Alertmanager();
  let monitor, providers;
  before(async () => {
    providers = await startProviders();
    monitor = await startNotifying({ channels: [{ type: "webhook", name: "webhook" }], now: Date.now() });
    await alertmanager.start(await monitor.url());
  });
  after(async () => {
    await alertmanager.close();
    await monitor.close();
    await providers.close();
  });

  const told = [];
  const tellsOf = (...expected) =>
    eventually(() => {
      const lines = providers.news("webhook").map(({ body }) => JSON.parse(body).alert);
      told.push(...lines.map(({ status, title }) => `${status} ${title}`));
      return expected.every((line) => told.includes(line));
    }, expected.join());

  test("tells that an alert fires, then that it is resolved, then both at once, each once", async () => {
    await alertmanager.post(["Load", "firing"], ["Disk", "firing"]);
    await tellsOf("firing Load", "firing Disk");
    await alertmanager.post(["Load", "resolved"], ["Disk", "firing"]);
    await tellsOf("resolved Load");
    await alertmanager.post(["Disk", "resolved"], ["Memory", "firing"]);
    await tellsOf("resolved Disk", "firing Memory");
    assert.deepEqual(told.toSorted(), [
      "firing Disk",
      "firing Load",
      "firing Memory",
      "resolved Disk",
      "resolved Load",
    ]);
  });

  test("tells of an alert that fires again with the beginning that it had, and enters it by itself", async () => {
    told.length = 0;
    await alertmanager.post(["Disk", "firing"]);
    await tellsOf("firing Disk");
    await alertmanager.post(["Disk", "resolved"]);
    await tellsOf("resolved Disk");
    await monitor.minutesPass(1);
    const { alerts } = (await monitor.get("/api/alerts/recent?hours=100&limit=1000")).body;
    const ofDisk = alerts.filter(({ title }) => title === "Disk").map(({ status }) => status);
    assert.deepEqual(ofDisk.toSorted(), ["firing", "firing", "resolved", "resolved"]);
  });

  test("tells of each alert of a large group, the last ones with the next checks", async () => {
    providers.news("webhook");
    const names = Array.from({ length: 120 }, (_, i) => `Target${i}`);
    await alertmanager.postOf(
      { job: "many", severity: "critical" },
      names.map((name) => [name, "firing"]),
    );
    let count = 0;
    await eventually(async () => {
      await monitor.minutesPass(1);
      for (const { body } of providers.news("webhook")) {
        const { digest } = JSON.parse(body);
        count += digest ? digest.lines.length + digest.more : 1;
      }
      return count >= names.length;
    }, "the whole group");
    assert.equal(count, names.length);
  });
});

// What is shipped to run the shell client, and what the documentation says, does run it.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { validate as isDaemonSet } from "kubernetes-models/_schemas/IoK8sApiAppsV1DaemonSet";
import { validate as isDeployment } from "kubernetes-models/_schemas/IoK8sApiAppsV1Deployment";
import { validate as isCronJob } from "kubernetes-models/_schemas/IoK8sApiBatchV1CronJob";
import { parse } from "yaml";

import { inRoot } from "../../scripts/lib/paths.mjs";
import { capture } from "../../scripts/lib/run.mjs";
import { clients, start, Surroundings } from "./clients.js";
import { startRecorder } from "./recorder.js";

const read = (...path) => readFileSync(inRoot(...path), "utf8");
const yaml = (...path) => parse(read("clients", ...path));

const folder = mkdtempSync(join(tmpdir(), "schedules-"));
after(() => rmSync(folder, { recursive: true }));

let recorder, surroundings;
before(async () => {
  recorder = await startRecorder();
  surroundings = new Surroundings(clients[0]);
});
after(async () => {
  await recorder.close();
  surroundings.remove();
});

// The value, and in `unread` functions that name what nobody has looked at: the schemas let unknown fields pass, but a
// validator reads those it knows.
function watched(value, unread, path = "") {
  if (typeof value !== "object" || value === null) return value;
  const seen = new Set();
  const children = new Map();
  unread.push(() =>
    Object.keys(value)
      .filter((key) => !seen.has(key))
      .map((key) => `${path}.${key}`),
  );
  return new Proxy(value, {
    get(target, key) {
      seen.add(key);
      if (!Object.hasOwn(target, key)) return target[key];
      if (!children.has(key)) children.set(key, watched(target[key], unread, `${path}.${String(key)}`));
      return children.get(key);
    },
  });
}

// Runs heartbeat.sh until its first heartbeat, which it returns. A loop is ended then.
async function firstHeartbeat(args, env) {
  recorder.play();
  const client = start(clients[0], args, {
    env: { ...surroundings.env(), HEARTBEAT_KEY: "the-key", ...env, HEARTBEAT_URL: recorder.url },
  });
  await Promise.race([recorder.heard(1), client.ended]);
  client.kill("SIGTERM");
  await client.ended;
  assert.equal(recorder.requests.length, 1, client.stderr);
  assert.equal(recorder.requests[0].headers.authorization, "Bearer the-key");
  return JSON.parse(recorder.requests[0].text);
}

describe("Kubernetes", () => {
  const kinds = {
    "cronjob.yaml": [isCronJob, ({ spec }) => spec.jobTemplate.spec.template.spec],
    "daemonset.yaml": [isDaemonSet, ({ spec }) => spec.template.spec],
    "sidecar.yaml": [isDeployment, ({ spec }) => spec.template.spec],
  };
  const fields = { "spec.nodeName": "node.example", "metadata.name": "pod-1" };

  for (const [name, [isValid, podOf]] of Object.entries(kinds)) {
    const whole = yaml("kubernetes", name);
    const pod = podOf(whole);
    const containers = [...(pod.initContainers ?? []), ...pod.containers];
    const heartbeat = containers.find((container) => container.name === "heartbeat");

    test(`${name} is what the schema of Kubernetes allows, and nothing that it does not know`, () => {
      const unread = [];
      assert.ok(isValid(watched(whole, unread)), JSON.stringify(isValid.errors));
      assert.deepEqual(
        unread.flatMap((names) => names()),
        [],
      );
    });

    test(`the parts of ${name} fit together`, () => {
      const { selector, template } = whole.spec;
      if (selector) assert.deepEqual(selector.matchLabels, template.metadata.labels);
      const volumes = pod.volumes.map((volume) => volume.name);
      for (const { volumeMounts, image } of containers) {
        for (const mount of volumeMounts) assert.ok(volumes.includes(mount.name), mount.name);
        assert.match(image, /^[a-z/-]+:\d+(\.\d+)+(-[a-z]+)?$/);
      }
    });

    test(`${name} meets the restricted Pod Security Standard`, () => {
      const { runAsNonRoot, seccompProfile } = pod.securityContext;
      assert.deepEqual([runAsNonRoot, seccompProfile.type], [true, "RuntimeDefault"]);
      assert.equal(pod.automountServiceAccountToken, false);
      for (const { securityContext } of containers) {
        assert.equal(securityContext.allowPrivilegeEscalation, false);
        assert.deepEqual(securityContext.capabilities, { drop: ["ALL"] });
      }
    });

    test(`the container of ${name} sends heartbeats`, async () => {
      assert.deepEqual(heartbeat.command, ["sh", "/opt/heartbeat/heartbeat.sh"]);
      const variables = (heartbeat.env ?? []).map(({ name: variable, valueFrom }) => [
        variable,
        fields[valueFrom.fieldRef.fieldPath],
      ]);
      const args = heartbeat.args.map((arg) =>
        variables.reduce((text, [variable, value]) => text.replaceAll(`$(${variable})`, value), arg),
      );
      const sent = await firstHeartbeat(args, {});
      const expected = {
        "cronjob.yaml": ["cluster", "up", undefined],
        "daemonset.yaml": ["node-node.example", "up", undefined],
        "sidecar.yaml": ["website", "down", "pod-1"], // nobody listens on its port 8080 here
      };
      assert.deepEqual([sent.serviceId, sent.status, sent.metadata.pod], expected[name]);
    });
  }
});

describe("Docker", () => {
  test("the image starts the client, in a loop, as a user with few rights", async () => {
    const lines = read("clients/docker/Dockerfile").split("\n");
    const [, every] = lines.find((line) => line.startsWith("ENV ")).match(/^ENV HEARTBEAT_EVERY=(\d+)$/);
    assert.ok(lines.includes('ENTRYPOINT ["heartbeat.sh"]'));
    assert.ok(lines.includes("USER 65532:65532"));
    const sent = await firstHeartbeat(["--service", "website"], { HEARTBEAT_EVERY: every });
    assert.equal(sent.serviceId, "website");
  });

  test("compose.yaml builds that image and sends heartbeats", async () => {
    const { services, secrets } = yaml("docker/compose.yaml");
    const { build, command, environment, ...service } = services.heartbeat;
    assert.deepEqual(build, { context: "..", dockerfile: "docker/Dockerfile" });
    assert.deepEqual(service.secrets, Object.keys(secrets));
    assert.equal(environment.HEARTBEAT_KEY_FILE, `/run/secrets/${service.secrets[0]}`);
    const sent = await firstHeartbeat(command, environment);
    assert.deepEqual([sent.serviceId, sent.metadata.stack], ["website", "website"]);
  });
});

describe("systemd", () => {
  const unit = read("clients/systemd/heartbeat@.service");
  const execStart = unit.match(/^ExecStart=(\S+) (.*)$/m);

  test("systemd-analyze finds nothing wrong with service and timer", async () => {
    for (const name of ["heartbeat@.service", "heartbeat@.timer"]) {
      cpSync(inRoot("clients/systemd", name), join(folder, name));
    }
    const here = unit.replace(execStart[1], inRoot("clients/heartbeat.sh"));
    writeFileSync(join(folder, "heartbeat@.service"), here);
    const units = ["heartbeat@web.service", "heartbeat@web.timer"].map((name) => join(folder, name));
    assert.deepEqual(await capture("systemd-analyze", ["verify", ...units]), { code: 0, output: "" });
  });

  test("the service can do little: an exposure of less than 1.5 out of 10", async () => {
    const args = [
      "security",
      "--offline=true",
      "--threshold=15",
      inRoot("clients/systemd/heartbeat@.service"),
    ];
    const { code, output } = await capture("systemd-analyze", args);
    assert.equal(code, 0, output.slice(-200));
  });

  test("what the service starts sends a heartbeat", async () => {
    const args = execStart[2].replace("%i", "web").split(" ");
    assert.equal((await firstHeartbeat(args, {})).serviceId, "web");
  });

  test("the environment file names what the client knows", () => {
    const names = [...read("clients/systemd/heartbeat.env").matchAll(/^(\w+)=/gm)].map(([, name]) => name);
    assert.deepEqual(names, ["HEARTBEAT_URL", "HEARTBEAT_KEY"]);
  });
});

describe("docs/clients.md", () => {
  const docs = read("docs/clients.md");

  test("every option and variable of the clients is explained, and no other", () => {
    const help = read("clients/heartbeat.sh").match(/^Usage: [^]*?^END$/m)[0];
    const table = docs.match(/^\| option [^]*?\n\n/m)[0];
    const names = (text) => [...new Set(text.match(/--[a-z-]{2,}|HEARTBEAT_[A-Z_]+/g))].sort();
    assert.deepEqual(
      names(table).filter((name) => !/^-+$/.test(name)),
      names(help),
    );
  });
});

describe("examples", () => {
  test("Alertmanager and Grafana send to the path of alerts, with a key that stands in no file", () => {
    const alertmanager = yaml("examples/alertmanager.yml");
    const [{ url, http_config }] = alertmanager.receivers[0].webhook_configs;
    assert.equal(alertmanager.route.receiver, alertmanager.receivers[0].name);
    assert.equal(new URL(url).pathname, "/api/alert");
    assert.deepEqual(Object.keys(http_config.authorization), ["type", "credentials_file"]);

    const grafana = yaml("examples/grafana-contact-point.yaml");
    const [{ name, receivers }] = grafana.contactPoints;
    assert.equal(grafana.policies[0].receiver, name);
    const { settings, type } = receivers[0];
    assert.equal(type, "webhook");
    assert.equal(new URL(settings.url).pathname, "/api/alert");
    assert.match(settings.authorization_credentials, /^\$[A-Z_]+$/);
  });
});

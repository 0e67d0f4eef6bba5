// A place in which what the documentation says can be done: a copy of the repository, a running monitor, and a PATH on
// which whatever would touch this machine, or needs one that is not there, is a stand-in.
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import util from "node:util";
import { inRoot, node, onPath } from "../../scripts/lib/paths.mjs";
import { command, freePort, makeStaged, printed } from "./copy.js";

const kHost = "https://heartbeat-monitor.example.workers.dev";
const kLocal = "http://127.0.0.1:8787";
const kPatienceMs = 120_000;

const kReal = ["sh", "env", "curl", "cat", "mkdir", "rm", "true", "mktemp", "grep"];
const kForClient = ["awk", "date", "mkfifo", "od", "sed", "sleep", "tail", "tee", "tr", "uname", "echo"];

// They succeed, when the files of ours that they are given are there.
const kStandIns = ["install", "cp", "systemctl", "docker", "kubectl", "pg_dump", "backup", "brew"];
const standIn = `#!/bin/sh
for word in "$@"; do
  case $word in
    clients/* | --from-file=clients/*) [ -e "\${word#--from-file=}" ] || exit 1 ;;
  esac
done
`;

// Started here already, or tried where there is a Cloudflare to deploy to (tests/deploy), or not to be started within
// itself.
const npm = (real) => `#!/bin/sh
case "$1 \${2-}" in
  "start "* | "run build" | "run deploy" | "run budget" | "run bench" | "run bench:http" | "run format" | "run demo" | "run screenshots" | "run notify" | "run mutants" | "run fuzz" | "run simulate" | "run model") exit 0 ;;
  "test "*)
    shift
    [ "\${1-}" != -- ] || shift
    for ring in "$@"; do grep -q "name: \\"$ring\\"" scripts/lib/rings.mjs || exit 1; done
    exit 0
    ;;
esac
exec "${real}" "$@"
`;

const git = `#!/bin/sh
case $1 in
  clone) mkdir heartbeat-monitor ;;
  pull) ;;
  *) exit 1 ;;
esac
`;

const npx = `#!/bin/sh
[ "$1" = wrangler ] || exit 1
shift
exec node "$WORKSHOP/node_modules/wrangler/bin/wrangler.js" "$@"
`;

// The client as it is; a loop ends after its first heartbeat.
const client = `#!/bin/sh
exec node "$WORKSHOP/stand-in/client.mjs" "$@"
`;
const startsClient = `import { spawn } from "node:child_process";
const args = process.argv.slice(2);
const file = process.env.WORKSHOP + "/clients/heartbeat.sh";
const child = spawn(file, args, { stdio: ["inherit", "pipe", "inherit"] });
child.stdout.on("data", (text) => {
  process.stdout.write(text);
  if (args.includes("--every")) child.kill("SIGTERM");
});
child.on("close", (code) => (process.exitCode = code));
`;

export async function openWorkshop() {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const [served, copy] = [makeStaged(), makeStaged()];
  const monitor = command(served.folder, "start", ["--port", String(port)], served.env);
  const workshop = new Workshop({ url, served, copy, monitor });
  try {
    workshop.layTools();
    await printed(monitor, "Ctrl-C stops it");
    workshop.keys = util.parseEnv(readFileSync(path.join(served.folder, ".dev.vars"), "utf8"));
    return workshop;
  } catch (error) {
    await workshop.close();
    throw error;
  }
}

const vars = (values) =>
  Object.entries(values)
    .map(([name, value]) => `${name}='${value}'\n`)
    .join("");

class Workshop {
  #monitor;
  #served;

  constructor({ url, served, copy, monitor }) {
    this.url = url;
    this.copy = copy;
    this.folder = copy.folder;
    this.#served = served;
    this.#monitor = monitor;
  }

  #path(...parts) {
    return path.join(this.folder, ...parts);
  }

  layTools() {
    const bin = this.#path("bin");
    mkdirSync(bin);
    const write = (name, text) => writeFileSync(path.join(bin, name), text, { mode: 0o755 });
    for (const name of [...kReal, ...kForClient]) symlinkSync(onPath(name), path.join(bin, name));
    symlinkSync(node, path.join(bin, "node"));
    symlinkSync("/usr/bin/python3", path.join(bin, "python3")); // what is on PATH may be a script that needs more
    for (const name of kStandIns) write(name, standIn);
    write("npm", npm(onPath("npm")));
    write("git", git);
    write("npx", npx);
    write("heartbeat.sh", client);
    writeFileSync(this.#path("stand-in", "client.mjs"), startsClient);
  }

  // As it is before anybody has done anything but deploy.
  reset() {
    for (const name of [".production.vars", "etc", "heartbeat-monitor"]) {
      rmSync(this.#path(name), { recursive: true, force: true });
    }
    cpSync(inRoot("config"), this.#path("config"), { recursive: true });
    cpSync(inRoot("tests", "data", "import", "healthchecks-v3.json"), this.#path("checks.json"));
    mkdirSync(this.#path("etc"));
    mkdirSync(this.#path("stand-in", "cloudflare"), { recursive: true });
    writeFileSync(this.#path("stand-in", "cloudflare", "secrets.json"), "{}");
    writeFileSync(this.#path(".production.vars"), vars(this.keys));
  }

  // What another monitor has left in KV.
  fillKv() {
    const folder = this.#path("stand-in", "cloudflare", "kv");
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const kv = {
      "monitor:data": { uptime: { website: { days: { "2026-11-01": { upChecks: 288 } } } } },
      "monitor:latest": { website: "2026-11-01T00:00:00.000Z" },
    };
    for (const [key, value] of Object.entries(kv)) {
      writeFileSync(path.join(folder, encodeURIComponent(key)), JSON.stringify(value));
    }
  }

  // The text with what it names as examples in place of what is here.
  here(text) {
    return text
      .replaceAll(kHost, this.url)
      .replaceAll(kLocal, this.url)
      .replaceAll("the-key", JSON.parse(this.keys.API_KEYS)["*"])
      .replaceAll("the-alert-key", this.keys.ALERT_API_KEY)
      .replaceAll("cd heartbeat-monitor", `cd ${this.folder}`)
      .replaceAll("/srv/heartbeat-monitor", this.folder)
      .replaceAll("/usr/local/bin/", `${this.#path("bin")}/`)
      .replaceAll(/(?<![\w/.])\/etc\//g, `${this.#path("etc")}/`);
  }

  // Runs a script as a person would, line by line until one fails; rejects with what it printed.
  run(script) {
    const { PATH, ...env } = this.copy.env;
    const own = { ...env, PATH: this.#path("bin"), WORKSHOP: this.folder, HOME: this.folder };
    const options = { cwd: this.folder, env: own, timeout: kPatienceMs };
    return new Promise((resolve, reject) => {
      const child = execFile(onPath("sh"), ["-euc", this.here(script)], options, (error, stdout, stderr) =>
        error ? reject(new Error(`${script}\n${stdout}${stderr}${error.message}`)) : resolve(stdout),
      );
      child.stdin.on("error", () => {}).end("a-value\n"); // for a prompt, if there is one
    });
  }

  async close() {
    this.#monitor.kill("SIGTERM");
    await this.#monitor.ended;
    this.copy.remove();
    this.#served.remove();
  }
}

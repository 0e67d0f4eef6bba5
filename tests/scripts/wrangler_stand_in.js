// Stands in for wrangler where an account would be needed: writes down what it was asked, and plays the part of
// Cloudflare with files of a folder. What happens on this machine alone is left to the real one.
import { spawn } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import path from "node:path";

const { STAND_IN_FOLDER: folder, STAND_IN_REAL: real } = process.env;
const args = process.argv.slice(2);
const isLocal = args[0] === "dev" || args.includes("--local") || args.includes("--dry-run");

const secretsFile = path.join(folder, "secrets.json");
const kv = path.join(folder, "kv");
const nameOf = (key) => encodeURIComponent(key);

const commands = {
  login: () => {},
  tail: () => {},
  delete: () => {},
  rollback: () => {},
  "kv namespace list": () => console.log("[]"),
  "secret list": () => {
    if (!existsSync(secretsFile)) return refuse('Worker "heartbeat-monitor" not found.');
    const names = Object.keys(readSecrets());
    console.log(JSON.stringify(names.map((name) => ({ name, type: "secret_text" }))));
  },
  "secret bulk": async () => saveSecrets(JSON.parse(await text(process.stdin))),
  "secret put": async () => saveSecrets({ [args[2]]: (await text(process.stdin)).trimEnd() }),
  "kv key list": () => {
    const names = existsSync(kv) ? readdirSync(kv).map(decodeURIComponent) : [];
    console.log(JSON.stringify(names.map((name) => ({ name }))));
  },
  "kv key get": () => process.stdout.write(readFileSync(path.join(kv, nameOf(args[3])))),
  "kv bulk put": () => {
    mkdirSync(kv, { recursive: true });
    for (const { key, value } of JSON.parse(readFileSync(args[3])))
      writeFileSync(path.join(kv, nameOf(key)), value);
  },
};

const readSecrets = () => (existsSync(secretsFile) ? JSON.parse(readFileSync(secretsFile)) : {});
const saveSecrets = (more) => writeFileSync(secretsFile, JSON.stringify({ ...readSecrets(), ...more }));

function refuse(sentence) {
  console.error(sentence);
  process.exitCode = 1;
}

function pass() {
  const child = spawn(process.execPath, [real, ...args], { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
  child.on("close", (code) => (process.exitCode = code ?? 128));
}

mkdirSync(folder, { recursive: true });
appendFileSync(path.join(folder, "calls"), `${JSON.stringify(args)}\n`);
const command = Object.keys(commands).find((words) => words.split(" ").every((word, i) => args[i] === word));
if (isLocal) pass();
else if (command) await commands[command]();
else refuse(`The stand-in for wrangler does not know: ${args.join(" ")}`);

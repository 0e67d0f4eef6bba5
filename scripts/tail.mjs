// npm run tail: the log of the deployed Worker, one readable line per message.
import { spawn } from "node:child_process";
import "./lib/node-version.mjs";
import { installPackages } from "./lib/install.mjs";
import { eventLines, linesOf, objects, plain } from "./lib/log-lines.mjs";
import { environment } from "./lib/run.mjs";
import { main, say } from "./lib/say.mjs";
import { wrangler } from "./lib/wrangler.mjs";

const usage = `npm run tail -- [options of "wrangler tail"]

Shows the log of the deployed Worker while it is written, one readable line per message, until Ctrl-C. It restarts the
collector once, which loses nothing.

  --env NAME       of an environment in wrangler.toml
  --status error   only what failed
  --search TEXT    only messages with this text

  npm run tail
  npm run tail -- --status error
`;

main(async (args) => {
  await installPackages();
  const [program, all] = wrangler("tail", "--format", "json", ...args);
  const child = spawn(program, all, { env: environment(), stdio: ["inherit", "pipe", "inherit"] });
  process.on("SIGINT", () => {}); // wrangler has it too, and ends the session
  child.on("close", (code) => (process.exitCode = code ?? 0));
  for await (const found of objects(linesOf(child.stdout))) {
    const lines = typeof found === "string" ? [plain(found)] : eventLines(found);
    for (const line of lines) say(line);
  }
}, usage);

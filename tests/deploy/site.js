// A copy of the repository whose wrangler is the real one and believes the stand-in to be Cloudflare.
import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import util from "node:util";
import { inRoot } from "../../scripts/lib/paths.mjs";
import { capture } from "../../scripts/lib/run.mjs";
import { command, makeStaged } from "../scripts/copy.js";
import { Cloudflare } from "./cloudflare.js";

export async function openSite() {
  const cloudflare = new Cloudflare();
  await cloudflare.listen();
  const copy = makeStaged();
  const wrangler = path.join(copy.folder, "node_modules", "wrangler");
  rmSync(wrangler, { recursive: true });
  symlinkSync(inRoot("node_modules", "wrangler"), wrangler);
  return new Site(copy, cloudflare);
}

class Site {
  #copy;

  constructor(copy, cloudflare) {
    this.#copy = copy;
    this.cloudflare = cloudflare;
    this.env = { ...copy.env, ...cloudflare.env };
  }

  path = (...parts) => path.join(this.#copy.folder, ...parts);
  has = (...parts) => existsSync(this.path(...parts));
  read = (...parts) => readFileSync(this.path(...parts), "utf8");
  change = (file, change) => writeFileSync(this.path(file), change(this.read(file)));
  vars = (file = ".production.vars") => util.parseEnv(this.read(file));
  keys = (file) => JSON.parse(this.vars(file).API_KEYS);

  // {code, output} of a command of scripts/.
  async run(name, args = [], env = {}) {
    const running = command(this.#copy.folder, name, args, { ...this.env, ...env });
    return { code: await running.ended, output: util.stripVTControlCharacters(running.output) };
  }

  // {code, output} of wrangler itself, as `npx wrangler` would start it.
  wrangler(...args) {
    const file = this.path("node_modules", "wrangler", "bin", "wrangler.js");
    return capture(process.execPath, [file, ...args], { cwd: this.#copy.folder, env: this.env });
  }

  async close() {
    await this.cloudflare.close();
    this.#copy.remove();
  }
}

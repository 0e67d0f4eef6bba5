// A root directory with nothing in it but a client and what it claims to need, copied from this machine.

import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";

import { inRoot, onPath } from "../../scripts/lib/paths.mjs";
import { kTools } from "./clients.js";

const busybox = onPath("busybox");
const kChroot = onPath("chroot") ?? "/usr/sbin/chroot";
const kDevices = { null: ["1", "3"], urandom: ["1", "9"] };
const kLeftOut = /\/(test|idlelib|tkinter|lib2to3|ensurepip|dist-packages|__pycache__)$/;

const script = (text) => ["/bin/sh", "-c", text];

// `words(text, code)` is a command that there is in the jail, which prints the text and ends with the code.
export const inmates = [
  ...["curl", "wget"].map((downloader) => ({
    name: `heartbeat.sh with BusyBox and ${downloader}`,
    file: "heartbeat.sh",
    program: ["/bin/sh"],
    lay: (jail) =>
      jail.busybox(["sh", "timeout", ...kTools]).program(onPath(downloader), `/bin/${downloader}`),
    words: (text, code) => script(`echo '${text}'; exit ${code}`),
  })),
  {
    name: "heartbeat.py with Python",
    file: "heartbeat.py",
    program: ["/usr/bin/python3"],
    lay: (jail) => jail.python("/usr/bin/python3"),
    words: (text, code) => ["/usr/bin/python3", "-c", `print('${text}'); raise SystemExit(${code})`],
  },
  {
    name: "heartbeat.mjs with Node",
    file: "heartbeat.mjs",
    program: ["/bin/node"],
    lay: (jail) => jail.program(process.execPath, "/bin/node"),
    words: (text, code) => ["/bin/node", "-e", `console.log('${text}'); process.exit(${code})`],
  },
];

// The client of an inmate, to be started by `start` of clients.js.
export function imprison({ name, file, program, lay }) {
  const jail = new Jail();
  lay(jail);
  copyFileSync(inRoot("clients", file), jail.path("/", file));
  const client = { name, file, path: `/${file}`, program: [kChroot, jail.root, ...program] };
  return { client, release: () => jail.remove() };
}

class Jail {
  root = mkdtempSync(join(tmpdir(), "jail-"));

  constructor() {
    if (process.getuid() !== 0)
      throw new Error("These tests change the root directory, for which one must be root.");
    for (const name of ["bin", "dev", "tmp"]) mkdirSync(this.path(name));
    for (const [name, numbers] of Object.entries(kDevices)) {
      execFileSync("mknod", ["-m", "666", this.path("dev", name), "c", ...numbers]);
    }
  }

  path(...parts) {
    return join(this.root, ...parts);
  }

  // With the libraries that it is linked to.
  program(source, target = source) {
    this.#copy(source, target);
    for (const library of librariesOf(source)) this.#copy(library, library);
    return this;
  }

  busybox(applets) {
    this.program(busybox, "/bin/busybox");
    for (const name of applets) symlinkSync("busybox", this.path("bin", name));
    return this;
  }

  python(source) {
    const query = "import sysconfig; print(sysconfig.get_path('stdlib'))";
    const library = execFileSync(source, ["-c", query], { encoding: "utf8" }).trim();
    this.program(source);
    cpSync(library, this.path(library), { recursive: true, filter: (path) => !kLeftOut.test(path) });
    const modules = execFileSync("find", [library, "-name", "*.so"], { encoding: "utf8" }).trim().split("\n");
    for (const each of new Set(librariesOf(...modules))) this.#copy(each, each);
    return this;
  }

  #copy(source, target) {
    mkdirSync(dirname(this.path(target)), { recursive: true });
    copyFileSync(realpathSync(source), this.path(target));
  }

  remove() {
    rmSync(this.root, { recursive: true });
  }
}

// Those that are files: "name => /path (address)", and the loader, "/path (address)".
function librariesOf(...programs) {
  const output = execFileSync("ldd", programs, { encoding: "utf8" });
  const paths = [...output.matchAll(/^\t(?:\S+ => )?(\/\S+) \(/gm)].map(([, path]) => path);
  return [...new Set(paths)].filter((path) => basename(path) !== "linux-vdso.so.1");
}

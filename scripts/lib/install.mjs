// Installs what the commands need and the machine lacks: npm packages, and programs through apt-get.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { browser, firefox } from "./browser.mjs";
import { inRoot, isExecutable, node, onPath } from "./paths.mjs";
import { attached, capture, run } from "./run.mjs";
import { Failure, say } from "./say.mjs";

const program = (name, packageName, label = name) => ({ label, packageName, has: () => onPath(name) });

// CMakeLists.txt looks for headers in the same places.
const includes = ["/usr/include", "/usr/local/include", "/opt/homebrew/include"];

// The full path of a header, or undefined.
export const headerFile = (name) =>
  includes.map((folder) => `${folder}/${name}`).find((file) => existsSync(file));

const header = (label, packageName, ...files) => ({
  label,
  packageName,
  has: () => files.some(headerFile),
});

// A library of clang's that some distributions pack by itself.
function hasSanitizers() {
  if (!onPath("clang++")) return false;
  const folder = execFileSync("clang++", ["-print-resource-dir"], { encoding: "utf8" }).trim();
  return readdirSync(folder, { recursive: true }).some((file) => file.includes("clang_rt.asan"));
}

const programs = {
  emscripten: program("em++", "emscripten", "Emscripten (em++)"),
  cmake: program("cmake", "cmake", "CMake"),
  ninja: program("ninja", "ninja-build", "Ninja"),
  json: header("nlohmann/json", "nlohmann-json3-dev", "nlohmann/json.hpp"),
  clang: program("clang++", "clang"),
  gcc: program("g++", "g++"),
  sanitizers: { label: "clang's sanitizers", packageName: "libclang-rt-dev", has: hasSanitizers },
  format: program("clang-format", "clang-format"),
  tidy: program("clang-tidy", "clang-tidy"),
  catch2: header("Catch2", "catch2", "catch2/catch.hpp", "catch2/catch_all.hpp"),
  chromium: { label: "Chromium", packageName: "chromium", has: browser },
  firefox: { label: "Firefox", packageName: "firefox-esr", has: firefox },
};

const { emscripten, cmake, ninja, json, clang, catch2 } = programs;

export const toBuild = [emscripten, cmake, ninja, json];
export const toTestNative = [clang, programs.sanitizers, cmake, ninja, json, catch2];
export const toTestWasm = [...toBuild, ...toTestNative];
export const toTestGcc = [programs.gcc, cmake, ninja, json, catch2];
export const toModel = [program("spin", "spin"), program("cc", "gcc")];
export const toTidy = [clang, programs.tidy, cmake, ninja, json, catch2];
export const toFormat = [programs.format];
export const toBrowse = [programs.chromium];
export const toTestPage = [programs.chromium, programs.firefox];
export const toTestWorker = [program("prometheus-alertmanager", "prometheus-alertmanager")];

// The clients' runtimes, one shell and one downloader besides the usual ones, and what looks for mistakes in them.
export const toTestClients = [
  ...["python3", "curl", "wget", "dash", "busybox", "openssl", "shellcheck", "pyflakes3"].map((name) =>
    program(name, name),
  ),
  program("systemd-analyze", "systemd"),
];

export async function installPackages() {
  if (packagesAreInstalled()) return;
  say("Installing the npm packages …");
  await run(
    "npm",
    ["ci", "--no-audit", "--no-fund", "--loglevel=error"],
    "npm could not install the packages.",
  );
  if (!isExecutable(node))
    throw new Failure(`npm has no Node for ${process.platform} on ${process.arch}. Please install Node 22.`);
}

// npm writes down what it installed; of what is optional it leaves out what is for other platforms.
function packagesAreInstalled() {
  const installed = inRoot("node_modules", ".package-lock.json");
  if (!existsSync(installed) || !isExecutable(node)) return false;
  const have = JSON.parse(readFileSync(installed, "utf8")).packages;
  const want = JSON.parse(readFileSync(inRoot("package-lock.json"), "utf8")).packages;
  return Object.entries(want).every(
    ([path, { version, optional }]) =>
      path === "" || (optional && !have[path]) || have[path]?.version === version,
  );
}

// Installs what of the list is missing, where apt-get can; elsewhere says what to install.
export async function installPrograms(list) {
  const packages = [...new Set(missing(list).map(({ packageName }) => packageName))];
  if (packages.length > 0 && onPath("apt-get")) await aptInstall(packages);
  requirePrograms(list);
}

// Fails with a sentence when something of the list is missing.
export function requirePrograms(list) {
  const labels = missing(list).map(({ label }) => label);
  if (labels.length > 0)
    throw new Failure(`Not found: ${labels.join(", ")}. Please install and run this again.`);
}

const missing = (list) => list.filter(({ has }) => !has());

async function aptInstall(packages) {
  const install = ["install", "-y", "-q", "--no-install-recommends", ...packages];
  const byHand = `apt install ${packages.join(" ")}`;
  const asRoot = rootPrefix(byHand);
  say(`Installing ${packages.join(", ")} with apt-get; this can take some minutes …`);
  if (asRoot.length > 0) await attached(asRoot[0], ["-v"]); // asks for the password, if any, where it can be seen
  if (!hasPackageLists()) await apt(asRoot, ["update"]);
  if ((await apt(asRoot, install)).code === 0) return;
  await apt(asRoot, ["update"]); // lists of long ago name versions that are no longer there
  const { code, output } = await apt(asRoot, install);
  if (code !== 0) throw new Failure(`${output.trimEnd()}\napt-get failed; try it by hand: ${byHand}`);
}

function rootPrefix(byHand) {
  if (process.getuid?.() === 0) return [];
  if (!onPath("sudo")) throw new Failure(`Some packages are missing; as root, run: ${byHand}`);
  return ["sudo"];
}

function apt(asRoot, args) {
  const [program, ...rest] = [...asRoot, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", ...args];
  return capture(program, rest);
}

function hasPackageLists() {
  const folder = "/var/lib/apt/lists";
  return existsSync(folder) && readdirSync(folder).some((name) => name.includes("_Packages"));
}

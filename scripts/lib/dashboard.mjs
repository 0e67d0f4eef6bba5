// Bundles the dashboard: build/site is what Cloudflare serves by itself, build/page.html what the core fills. Scripts and
// styles are named by a hash of what is in them, so that browsers may keep them for ever.
import { readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { exclusively } from "./exclusive.mjs";
import { inRoot } from "./paths.mjs";
import { replaceFile } from "./replace.mjs";
import { Failure } from "./say.mjs";

const site = inRoot("build", "site");

// A Worker may be serving the site: what the next page needs is there before the page, what the last one needed after it.
export const buildDashboard = () => exclusively(build);

async function build() {
  const bundles = [
    await bundle({ entryPoints: ["dashboard/app.tsx"], format: "esm", splitting: true }),
    await bundle({ entryPoints: ["dashboard/theme.ts"], format: "iife" }), // blocks, so it cannot be a module
  ];
  const names = new Map(bundles.flatMap(({ names }) => names));
  const page = withNames(readFileSync(inRoot("dashboard", "page.html"), "utf8"), names);
  const files = new Map([...staticFiles(), ...bundles.flatMap(({ files }) => files)]);
  for (const [file, content] of files) replaceFile(file, content);
  replaceFile(inRoot("build", "page.html"), page);
  for (const file of filesIn(site)) if (!files.has(file)) rmSync(file);
}

function staticFiles() {
  const folder = inRoot("dashboard", "static");
  return filesIn(folder).map((file) => [path.join(site, path.relative(folder, file)), readFileSync(file)]);
}

const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));

// The files that are made of the entry, and by which names the page has them, such as /app.js.
async function bundle(options) {
  const esbuild = await import("esbuild"); // not there before the packages are installed
  const { metafile, outputFiles } = await esbuild
    .build({
      ...options,
      absWorkingDir: inRoot(),
      bundle: true,
      minify: true,
      target: "es2022",
      jsx: "automatic",
      jsxImportSource: "preact",
      outdir: path.join(site, "assets"),
      entryNames: "[name]-[hash]",
      chunkNames: "[name]-[hash]",
      metafile: true,
      write: false,
      logLevel: "silent",
    })
    .catch((error) => {
      throw new Failure(`${error.message}\nThe dashboard could not be bundled.`);
    });
  return {
    files: outputFiles.map(({ path, contents }) => [path, contents]),
    names: namesOf(metafile, options),
  };
}

function namesOf({ outputs }, { entryPoints }) {
  const entries = Object.entries(outputs).filter(([, { entryPoint }]) => entryPoints.includes(entryPoint));
  const files = entries.flatMap(([file, { cssBundle }]) => [file, cssBundle].filter(Boolean));
  return files.map((file) => [nameInPage(file), `/assets/${path.basename(file)}`]);
}

const nameInPage = (file) => `/${path.basename(file).replace(/-[^-.]+\./, ".")}`;

function withNames(page, names) {
  return page.replace(/(?<=(?:src|href)=")\/(?:app|theme)\.(?:js|css)(?=")/g, (name) => {
    if (!names.has(name))
      throw new Failure(`dashboard/page.html names ${name}, which the bundle does not have.`);
    return names.get(name);
  });
}

// Bundles the dashboard: build/site is what Cloudflare serves by itself, build/page.html what the core fills. Scripts and
// styles are named by a hash of what is in them, so that browsers may keep them for ever.
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { inRoot } from "./paths.mjs";
import { Failure } from "./say.mjs";

const site = inRoot("build", "site");

export async function buildDashboard() {
  await rm(site, { recursive: true, force: true });
  await cp(inRoot("dashboard", "static"), site, { recursive: true });
  const bundles = [
    await bundle({ entryPoints: ["dashboard/app.tsx"], format: "esm", splitting: true }),
    await bundle({ entryPoints: ["dashboard/theme.ts"], format: "iife" }), // blocks, so it cannot be a module
  ];
  const names = new Map(bundles.flatMap((outputs) => [...outputs]));
  const page = await readFile(inRoot("dashboard", "page.html"), "utf8");
  await mkdir(inRoot("build"), { recursive: true });
  await writeFile(inRoot("build", "page.html"), withNames(page, names));
}

// The files made of the entry, by the names that the page has for them, such as /app.js.
async function bundle(options) {
  const { build } = await import("esbuild"); // not there before the packages are installed
  const { metafile } = await build({
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
    logLevel: "silent",
  }).catch((error) => {
    throw new Failure(`${error.message}\nThe dashboard could not be bundled.`);
  });
  const entries = Object.entries(metafile.outputs).filter(([, { entryPoint }]) =>
    isEntry(entryPoint, options),
  );
  const files = entries.flatMap(([file, { cssBundle }]) => [file, cssBundle].filter(Boolean));
  return files.map((file) => [nameInPage(file), `/assets/${path.basename(file)}`]);
}

const isEntry = (entryPoint, { entryPoints }) => entryPoints.includes(entryPoint);

const nameInPage = (file) => `/${path.basename(file).replace(/-[^-.]+\./, ".")}`;

function withNames(page, names) {
  return page.replace(/(?<=(?:src|href)=")\/(?:app|theme)\.(?:js|css)(?=")/g, (name) => {
    if (!names.has(name))
      throw new Failure(`dashboard/page.html names ${name}, which the bundle does not have.`);
    return names.get(name);
  });
}

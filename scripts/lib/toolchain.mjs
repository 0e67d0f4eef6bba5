// What besides the sources decides about the bytes of the core.
import { closeSync, openSync, readSync } from "node:fs";
import { headerFile } from "./install.mjs";
import { capture } from "./run.mjs";

// {compiler, json}: which Emscripten with which clang, and which nlohmann/json.
export async function toolchain() {
  const { output } = await capture("em++", ["-v"]);
  const emscripten = output.match(/^emcc .*\) ([\w.-]+)/m)?.[1];
  const clang = output.match(/^.*clang version .*$/m)?.[0].trim();
  return { compiler: `Emscripten ${emscripten}, ${clang}`, json: versionOfJson() };
}

// Stands in the banner of the header.
function versionOfJson() {
  const banner = Buffer.alloc(400);
  const file = openSync(headerFile("nlohmann/json.hpp"));
  readSync(file, banner);
  closeSync(file);
  return banner.toString().match(/version (\d[\w.]*)/)?.[1];
}

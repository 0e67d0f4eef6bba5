// Imported first, for its effect: machines on which nothing else would work are told so with a sentence, instead of
// failing somewhere inside.

const [major, minor] = process.versions.node.split(".").map(Number);

if (process.platform === "win32") stop("This needs Linux, macOS or WSL (Windows Subsystem for Linux).");
if (major < 20 || (major === 20 && minor < 12)) {
  stop(`Node 20.12 or newer is needed; this is ${process.versions.node}.`);
}

function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}

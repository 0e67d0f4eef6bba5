// Imported first, for its effect: old Nodes stop here with a sentence instead of failing somewhere inside.

const [major, minor] = process.versions.node.split(".").map(Number);

if (major < 20 || (major === 20 && minor < 12)) {
  console.error(`Node 20.12 or newer is needed; this is ${process.versions.node}.`);
  process.exit(1);
}

// npm run demo: a monitor with a plausible year behind it, beating live, until Ctrl-C.
import "./lib/node-version.mjs";
import { prepare } from "./lib/prepare.mjs";
import { main, say } from "./lib/say.mjs";

const usage = `npm run demo

Runs a monitor with a made-up year behind it, whose services beat live, until Ctrl-C. Nothing of it is kept.

  npm run demo
`;

main(async () => {
  await prepare();
  const { startDemo } = await import("./demo/monitor.mjs");
  const { url, stop } = await startDemo();
  say(`The demonstration is at ${url}\nCtrl-C stops it; nothing of it is kept.`);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.removeAllListeners(signal); // wrangler's, which end the process before its folder is taken away
    process.once(signal, () => stop().then(() => process.exit(0)));
  }
}, usage);

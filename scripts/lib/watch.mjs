// Tells when something in these folders, or one of these files beside them, has changed; once for changes that come
// together.
import { watch } from "node:fs";
import { inRoot } from "./paths.mjs";

const kPauseMs = 200; // an editor writes a file in several steps, a checkout many

// Runs `job` after each change, never twice at once. `stop` resolves when none is under way any more.
export function onChange({ folders, files }, job) {
  let [timer, running] = [undefined, Promise.resolve()];
  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(() => (running = running.then(job)), kPauseMs);
  };
  // A file that is replaced is another one; its folder sees that.
  const top = watch(inRoot(), (event, name) => files.includes(name) && changed());
  const watchers = [top, ...folders.map((name) => watch(inRoot(name), { recursive: true }, changed))];
  for (const each of watchers) each.on("error", () => {}); // a folder in it was taken away
  return {
    stop: () => {
      clearTimeout(timer);
      for (const each of watchers) each.close();
      return running;
    },
  };
}

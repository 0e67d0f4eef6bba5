// A browser by WebDriver BiDi, as far as a test of the page needs it: any Firefox speaks it, without a driver.

import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

const kPatienceMs = 20_000; // of a test that waits for what does not come

const kKeys = { Escape: "\uE00C", Enter: "\uE007", ArrowLeft: "\uE012" };

export async function startFirefox(program) {
  const profile = await mkdtemp(path.join(tmpdir(), "heartbeat-firefox-"));
  const args = ["--headless", "--no-remote", "--remote-debugging-port=0", "--profile", profile];
  const child = spawn(program, args, { stdio: ["ignore", "ignore", "pipe"] });
  const session = await Session.at(`${await addressIn(child.stderr)}/session`);
  await session.send("session.new", { capabilities: {} });
  return {
    newPage: () => newPage(session),
    close: async () => {
      await session.send("browser.close", {});
      if (child.exitCode === null) await new Promise((resolve) => child.once("exit", resolve));
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function addressIn(stream) {
  return new Promise((resolve, reject) => {
    let text = "";
    stream.on("data", (part) => {
      text += part;
      const [, found] = text.match(/WebDriver BiDi listening on (ws:\S+)/) ?? [];
      if (found) resolve(found);
    });
    stream.once("end", () => reject(new Error(`Firefox ended: ${text}`)));
  });
}

class Session {
  #socket;
  #last = 0;
  #waiting = new Map();

  static async at(address) {
    const session = new Session();
    session.#socket = new WebSocket(address);
    await new Promise((resolve, reject) => {
      session.#socket.onopen = resolve;
      session.#socket.onerror = () => reject(new Error(`${address} does not answer`));
    });
    session.#socket.onmessage = ({ data }) => session.#take(JSON.parse(data));
    return session;
  }

  send(method, params) {
    const id = ++this.#last;
    this.#socket.send(JSON.stringify({ id, method, params }));
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject, method }));
  }

  #take({ id, type, result, message }) {
    const { resolve, reject, method } = this.#waiting.get(id) ?? {};
    this.#waiting.delete(id);
    if (type === "error") reject?.(new Error(`${method}: ${message}`));
    else resolve?.(result);
  }
}

async function newPage(session) {
  const { context } = await session.send("browsingContext.create", { type: "tab" });
  await session.send("browsingContext.setViewport", { context, viewport: { width: 1440, height: 900 } });

  // What a function of the page returns, as JSON.
  const evaluate = async (run, ...args) => {
    const { type, result, exceptionDetails } = await session.send("script.callFunction", {
      functionDeclaration: `async (args) => JSON.stringify(await (${run})(...JSON.parse(args)) ?? null)`,
      arguments: [{ type: "string", value: JSON.stringify(args) }],
      target: { context },
      awaitPromise: true,
    });
    if (type === "exception") throw new Error(exceptionDetails.text);
    return JSON.parse(result.value);
  };
  const act = (source) => session.send("input.performActions", { context, actions: [source] });
  const press = (...keys) =>
    act({
      type: "key",
      id: "keyboard",
      actions: keys.flatMap((key) => [
        { type: "keyDown", value: kKeys[key] ?? key },
        { type: "keyUp", value: kKeys[key] ?? key },
      ]),
    });

  const page = {
    evaluate,
    press,
    goto: (url) => session.send("browsingContext.navigate", { context, url, wait: "complete" }),
    type: (text) => press(...text),

    // Until some element of the selector can be seen, with the text in it; its text.
    find: (selector, text = "") =>
      evaluate(
        async (selector, text, patience) => {
          const until = performance.now() + patience;
          for (;;) {
            const found = [...document.querySelectorAll(selector)].find(
              (each) => each.checkVisibility() && each.textContent.includes(text),
            );
            if (found) return found.innerText ?? found.textContent;
            if (performance.now() > until)
              throw new Error(`no ${selector} with "${text}": ${document.body.innerText.slice(0, 500)}`);
            await new Promise((resolve) => setTimeout(resolve, 20));
          }
        },
        selector,
        text,
        kPatienceMs,
      ),

    // Once nothing is in front of it, such as a dialog that is about to close.
    click: async (selector, text = "") => {
      await page.find(selector, text);
      const [x, y] = await evaluate(
        async (selector, text, patience) => {
          const until = performance.now() + patience;
          for (;;) {
            const found = [...document.querySelectorAll(selector)].find(
              (each) => each.checkVisibility() && each.textContent.includes(text),
            );
            found?.scrollIntoView({ block: "center", behavior: "instant" });
            const { left = 0, top = 0, width = 0, height = 0 } = found?.getBoundingClientRect() ?? {};
            const [x, y] = [Math.round(left + width / 2), Math.round(top + height / 2)];
            if (found?.contains(document.elementFromPoint(x, y))) return [x, y];
            if (performance.now() > until) throw new Error(`something is in front of ${selector}`);
            await new Promise((resolve) => setTimeout(resolve, 20));
          }
        },
        selector,
        text,
        kPatienceMs,
      );
      await act({
        type: "pointer",
        id: "mouse",
        actions: [
          { type: "pointerMove", x, y },
          { type: "pointerDown", button: 0 },
          { type: "pointerUp", button: 0 },
        ],
      });
    },
  };
  return page;
}

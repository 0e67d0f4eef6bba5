// A command run by the clients: what comes of its output, its exit code and its signals, and what is reported.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { printed, run } from "./clients.js";
import { forEachClient } from "./fixture.js";
import { accepted, page, refused } from "./recorder.js";

const shell = (script, ...args) => ["--", "/bin/sh", "-c", script, "sh", ...args];
const lines = (count) => Array.from({ length: count }, (_, i) => `line ${i + 1}`);

// `script` runs in a shell; `message` is what is reported, undefined when there is none.
const commands = [
  { title: "a command without output", script: ":", code: 0 },
  { title: "the last line of a command", script: "echo done", code: 0, stdout: "done\n", message: "done" },
  {
    title: "a command that fails",
    script: "echo 'disk full' >&2; exit 3",
    code: 3,
    stderr: "disk full\n",
    message: "exit code 3\ndisk full",
  },
  { title: "a command that fails silently", script: "exit 255", code: 255, message: "exit code 255" },
  { title: "a command that is killed", script: "kill -9 $$", code: 137, message: "exit code 137" },
  { title: "a command that is terminated", script: "kill -15 $$", code: 143, message: "exit code 143" },
  {
    title: "a command that reads its input",
    script: "/bin/cat",
    input: "a\nb",
    code: 0,
    stdout: "a\nb",
    message: "a\nb",
  },
  {
    title: "more than ten lines",
    script: "i=1; while [ $i -le 30 ]; do echo line $i; i=$((i + 1)); done",
    code: 0,
    stdout: `${lines(30).join("\n")}\n`,
    message: lines(30).slice(-10).join("\n"),
  },
  {
    title: "a line that is too long",
    script: 'printf %s "$1"; exit 1',
    args: ["é".repeat(2000)],
    code: 1,
    stdout: "é".repeat(2000),
    message: `exit code 1\n${"é".repeat(450)}`,
  },
  {
    title: "colours, progress bars and blank lines",
    script: "printf '\\033[1;31mred\\033[0m\\n\\n  \\n10 %%\\r20 %%\\r\\ndone\\a\\n'",
    code: 0,
    stdout: "\u001b[1;31mred\u001b[0m\n\n  \n10 %\r20 %\r\ndone\u0007\n",
    message: "red\n10 %\n20 %\ndone",
  },
  {
    title: "odd characters",
    script: "printf '%s' \"$1\"",
    args: [`"q" \\ %d 'é' 漢\t$HOME {"a":1}`],
    code: 0,
    stdout: `"q" \\ %d 'é' 漢\t$HOME {"a":1}`,
    message: `"q" \\ %d 'é' 漢\t$HOME {"a":1}`,
  },
];

forEachClient("command", (fixture) => {
  for (const { title, script, args = [], input, code, stdout = "", stderr = "", message } of commands) {
    test(title, async () => {
      fixture.recorder.play();
      const result = await fixture.run(shell(script, ...args), { input });
      assert.deepEqual(result, { code, stdout, stderr });
      assert.equal(fixture.sent.length, 1);
      const { durationMs, ...sent } = fixture.sent[0];
      const status = code === 0 ? "up" : "down";
      const said = message === undefined ? {} : { message };
      assert.deepEqual(sent, { serviceId: "web", status, ...said, metadata: { hostname: hostname() } });
      assert.ok(Number.isInteger(durationMs) && durationMs >= 0, `${durationMs}`);
    });
  }

  test("a command that there is not is 127, one that cannot be run 126", async () => {
    const file = join(fixture.surroundings.root, "file");
    writeFileSync(file, "", { mode: 0o644 });
    for (const [command, expected] of [
      ["/nonexistent/command", 127],
      ["no-such-command", 127],
      [file, 126],
      [`${file}/x`, "12[67]"], // shells do not agree
      ["", "12[67]"],
    ]) {
      fixture.recorder.play();
      const { code, stdout, stderr } = await fixture.run(["--", command]);
      assert.match(`${code}${stdout}`, new RegExp(`^${expected}$`));
      assert.notEqual(stderr, "");
      assert.equal(fixture.sent[0].status, "down");
      assert.match(fixture.sent[0].message, new RegExp(`^exit code ${expected}\n.`));
    }
  });

  test("arguments and environment reach the command as they are", async () => {
    const odd = ["", " ", "a b", "--", "--help", "*", "$HOME", "\\n", "'\"", "new\nline", "é"];
    const script = 'printf "%s|" "$@" "$LC_ALL" "${LANG-none}"';
    const env = { LC_ALL: "C.UTF-8" };
    const { stdout } = await fixture.run(shell(script, ...odd), { env });
    assert.equal(stdout, [...odd, "C.UTF-8", "none"].map((word) => `${word}|`).join(""));
    const { stdout: none } = await fixture.run(shell('printf "%s" "${LC_ALL-none}"'));
    assert.equal(none, "none");
  });

  test("a name that means something to a shell is a program's", async () => {
    const { code, stderr } = await fixture.run(["--", "say"]);
    assert.equal(code, 127, stderr);
  });

  test("the duration is that of the command", async () => {
    fixture.recorder.play();
    await fixture.run(["--", "/bin/sleep", "0.3"]);
    assert.ok(fixture.sent[0].durationMs >= 290, `${fixture.sent[0].durationMs} ms`);
  });

  test("output of any bytes and length passes through, stdout and stderr apart", async () => {
    fixture.recorder.play();
    const script = "head -c 2000000 /dev/zero | tr '\\000' '\\377'; head -c 1000000 /dev/zero >&2; exit 4";
    const { code, stdout, stderr } = await run(fixture.client, shell(script), {
      env: { ...fixture.env(), PATH: `${fixture.env().PATH}:/usr/bin:/bin` },
    });
    assert.equal(code, 4);
    assert.equal(stdout, "\ufffd".repeat(2_000_000));
    assert.equal(stderr, "\0".repeat(1_000_000));
    assert.match(fixture.sent[0].message, /^exit code 4(\n\ufffd*)?$/);
  });

  test("a command does not get the key, and what it prints of it is not sent", async () => {
    for (const key of ["the-key", "a.b*c[d]\\e&/$f"]) {
      fixture.recorder.play();
      const script = 'echo "${HEARTBEAT_KEY-none}"; printf "%s\n" "x${1}y${1}"; exit 1';
      const { stdout } = await fixture.run(shell(script, key), { env: { HEARTBEAT_KEY: key } });
      assert.equal(stdout, `none\nx${key}y${key}\n`);
      assert.equal(fixture.sent[0].message, "exit code 1\nnone\nx***y***");
      assert.equal(fixture.recorder.requests[0].headers.authorization, `Bearer ${key}`);
    }
  });

  test("a message given takes the place of the output", async () => {
    fixture.recorder.play();
    await fixture.run(["--message", "nightly", ...shell("echo secret; exit 1")]);
    await fixture.run(["--message=", ...shell("echo secret")]);
    assert.deepEqual(
      fixture.sent.map(({ message }) => message),
      ["nightly", undefined],
    );
  });

  test("a command reports for several services", async () => {
    fixture.recorder.play();
    await fixture.run(["--service=web,db", ...shell("exit 1")]);
    const [{ services }] = fixture.sent;
    assert.deepEqual(
      services.map(({ serviceId, status }) => [serviceId, status]),
      [
        ["web", "down"],
        ["db", "down"],
      ],
    );
    assert.ok(services.every(({ durationMs }) => Number.isInteger(durationMs)));
  });

  for (const [title, answers] of [
    ["refused", [refused(404, "Unknown serviceId")]],
    ["not delivered", [page(500), page(500)]],
  ]) {
    test(`a heartbeat that is ${title} leaves output and exit code alone`, async () => {
      for (const expected of [0, 7]) {
        fixture.recorder.play(...answers);
        const result = await fixture.run(["--retries=1", "--quiet", ...shell(`echo out; exit ${expected}`)]);
        assert.deepEqual([result.code, result.stdout], [expected, "out\n"]);
        assert.match(result.stderr, /^heartbeat: (refused|not reached after 2 attempts).*\n$/);
      }
    });
  }

  test("a command runs also when no heartbeat can be sent", async () => {
    const { surroundings } = fixture;
    const cases = [
      { HEARTBEAT_URL: undefined },
      { HEARTBEAT_URL: "http://monitor.example" },
      { HEARTBEAT_SERVICE: undefined },
      { HEARTBEAT_KEY: undefined, HEARTBEAT_KEY_FILE: "/nonexistent" },
      { HEARTBEAT_TIMEOUT: "soon" },
      ...(fixture.client.file === "heartbeat.sh" ? [{ TMPDIR: "/nonexistent" }] : []),
    ];
    for (const env of cases) {
      fixture.recorder.play();
      const result = await fixture.run(shell("/bin/cat; exit 5"), { env, input: "in" });
      assert.deepEqual([result.code, result.stdout], [5, "in"], JSON.stringify(env));
      assert.match(result.stderr, /^heartbeat: .*\nheartbeat: The command runs without a heartbeat\.\n$/);
      assert.equal(fixture.recorder.requests.length, 0);
    }
    assert.deepEqual(surroundings.temporaryFiles(), []);
  });

  for (const signal of ["SIGTERM", "SIGHUP", "SIGINT"]) {
    test(`${signal} reaches the command, and how it ended is reported`, async () => {
      fixture.recorder.play(accepted);
      const script =
        "trap 'echo stopping; exit 7' TERM INT HUP; echo ready; while :; do /bin/sleep 0.05; done";
      const running = fixture.start(shell(script));
      await printed(running, "ready");
      running.kill(signal);
      assert.equal(await running.ended, 7, running.stderr);
      assert.equal(running.stdout, "ready\nstopping\n");
      assert.equal(fixture.sent[0].message, "exit code 7\nready\nstopping");
    });
  }

  test("a signal to all processes at once, and another one meanwhile, keep nothing from being reported", async () => {
    let running;
    const another = (response) => {
      running.killAll("SIGTERM");
      response.writeHead(500).end();
    };
    fixture.recorder.play(another, accepted);
    running = fixture.start(["--quiet", ...shell("echo ready; exec /bin/sleep 600")]);
    await printed(running, "ready");
    running.killAll("SIGTERM");
    assert.equal(await running.ended, 143, running.stderr);
    assert.equal(running.stderr, "");
    assert.deepEqual(fixture.recorder.requests.length, 2, "it was sent again after the 500");
    for (const { status, message } of fixture.sent) {
      assert.deepEqual([status, message], ["down", "exit code 143\nready"]);
    }
    assert.deepEqual(fixture.surroundings.temporaryFiles(), []);
  });

  test("a command may open /dev/stdout and /dev/stderr", async () => {
    fixture.recorder.play();
    const result = await fixture.run(shell("echo out >/dev/stdout; echo err >/dev/stderr"));
    assert.deepEqual(result, { code: 0, stdout: "out\n", stderr: "err\n" });
  });

  test("when nobody reads its output any more, the command notices", async () => {
    fixture.recorder.play();
    const running = fixture.start(shell("echo ready; while :; do echo y; /bin/sleep 0.02; done"));
    await printed(running, "ready");
    running.closeStdout();
    const code = await running.exited;
    assert.notEqual(code, 0, "it would not have ended by itself");
    assert.equal(fixture.sent[0].status, "down");
  });

  test("a signal reaches a command also when no heartbeat can be sent", async () => {
    const script = "trap 'echo stopping; exit 7' TERM; echo ready; while :; do /bin/sleep 0.05; done";
    const running = fixture.start(shell(script), { env: { HEARTBEAT_URL: undefined } });
    await printed(running, "ready");
    running.kill("SIGTERM");
    assert.deepEqual([await running.ended, running.stdout], [7, "ready\nstopping\n"]);
  });

  test("what the command leaves behind does not keep the heartbeat waiting", async () => {
    fixture.recorder.play();
    const running = fixture.start(shell("/bin/sleep 600 & echo $!"));
    await printed(running, "\n");
    assert.equal(await running.exited, 0);
    assert.equal(fixture.sent[0].status, "up");
    process.kill(Number(running.stdout));
    await running.ended;
  });

  test("nor does what goes on printing", async () => {
    fixture.recorder.play();
    const running = fixture.start(shell("(while echo tick; do /bin/sleep 0.1; done) & echo pid $!"));
    await printed(running, "pid");
    assert.equal(await running.exited, 0);
    assert.equal(fixture.sent[0].status, "up");
    try {
      process.kill(Number(running.stdout.match(/pid (\d+)/)[1]));
    } catch {
      // its output has ended, and so has it
    }
    await running.ended;
  });

  // A client that a shell starts in a way of its own: `"$@"` is the client with its arguments.
  const startedBy = (script) => ({
    ...fixture.client,
    program: ["/bin/sh", "-c", script, "sh", ...fixture.client.program],
  });

  for (const closed of ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"]) {
    test(`a command runs and is reported with ${closed}`, async () => {
      fixture.recorder.play();
      const client = startedBy(`exec "$@" ${closed}`);
      const result = await run(client, shell("echo out; echo err >&2; exit 4"), { env: fixture.env() });
      assert.deepEqual(result, {
        code: 4,
        stdout: closed.includes(" >&-") || closed === ">&-" ? "" : "out\n",
        stderr: closed.includes("2>&-") ? "" : "err\n",
      });
      assert.equal(fixture.sent[0].status, "down");
      assert.match(fixture.sent[0].message, /^exit code 4\n(out\nerr|err\nout)$/);
    });
  }

  test("a reader that is slower than the client is patient gets everything", async () => {
    fixture.recorder.play();
    const client = startedBy('"$@" | { /bin/sleep 3; /usr/bin/tail -n 1; }');
    const script = "i=0; while [ $i -lt 30000 ]; do echo $i; i=$((i + 1)); done";
    assert.equal((await run(client, shell(script), { env: fixture.env() })).stdout, "29999\n");
  });

  test("a key out of a pipe is there for every heartbeat", async () => {
    fixture.recorder.play();
    const client = startedBy('echo the-key | "$@"');
    const env = fixture.env({ HEARTBEAT_KEY: undefined });
    const { code } = await run(client, ["--key-file", "/dev/stdin", "--", "/bin/sh", "-c", ":"], { env });
    assert.equal(code, 0);
    assert.equal(fixture.recorder.requests[0].headers.authorization, "Bearer the-key");
  });
});

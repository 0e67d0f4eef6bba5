// What the clients make of an answer, and of none.

import assert from "node:assert/strict";
import { test } from "node:test";

import { forEachClient } from "./fixture.js";
import { accepted, cutOff, dripping, endless, garbage, hang, page, refused, reset } from "./recorder.js";

const hint = "Check the address, the network and the proxy.";
const stranger =
  "the answer was 200, but not one of the monitor; a captive portal or a proxy may have given it";
const four = (answer) => [answer, answer, answer, answer];
const again = (reason) => `heartbeat: not reached: ${reason}; trying again in 0 s\n`;
const given = (reason) => `heartbeat: not reached after 4 attempts: ${reason}. ${hint}\n`;
const results = (status, message, entries) => ({
  status,
  body: { success: status === 207, message, results: entries },
});
const unavailable = { ...refused(503, "The heartbeat could not be stored; send it again") };

const keyAdvice =
  'HEARTBEAT_KEY or the key file must hold the key of the service, else of its group, else of "*".';
const bare401 = `heartbeat: refused (401). ${keyAdvice}\n`;

// `withWget`: instead of `stderr`, because wget keeps the body of a 401 to itself.
// `requests`: how many the recorder gets; one unless told. `stderr`: all of it, or what it must match.
const cases = [
  { title: "a heartbeat is accepted", answers: [accepted], code: 0, stderr: "" },
  {
    title: "a warning is passed on",
    answers: [{ status: 200, body: { ...accepted.body, warning: "The metadata of web was left out" } }],
    code: 0,
    stderr: "heartbeat: accepted, but: The metadata of web was left out\n",
  },
  {
    title: "a wrong key is refused at once",
    answers: [refused(401, "Invalid API key")],
    code: 1,
    stderr: `heartbeat: refused (401): Invalid API key. ${keyAdvice}\n`,
    withWget: bare401,
  },
  {
    title: "a missing key is refused at once, too",
    answers: [refused(401, "No key was sent; send it as Authorization: Bearer KEY")],
    code: 1,
    stderr: `heartbeat: refused (401): No key was sent; send it as Authorization: Bearer KEY. ${keyAdvice}\n`,
    withWget: bare401,
  },
  ...["Server misconfigured: API_KEYS not set", "No API key configured for this service"].map((words) => ({
    title: `${words}: it says where the keys come from`,
    answers: [refused(401, words)],
    code: 1,
    stderr: `heartbeat: refused (401): ${words}. Where the monitor is deployed from: npm run keys -- --put\n`,
    withWget: bare401,
  })),
  {
    title: "an unknown service is refused at once",
    answers: [refused(404, "Unknown serviceId")],
    code: 1,
    stderr:
      'heartbeat: refused (404): Unknown serviceId. Look for "web" in config/services.json of the deployed monitor; case matters.\n',
  },
  {
    title: "another refusal is passed on in its own words",
    answers: [refused(403, '"/api/heartbeat" is disabled')],
    code: 1,
    stderr: 'heartbeat: refused (403): "/api/heartbeat" is disabled\n',
  },
  {
    title: "a 404 that is not the monitor's makes one think of the address",
    answers: [page(404)],
    code: 1,
    stderr: "heartbeat: refused (404), not in the monitor's words. Is that the address of the monitor?\n",
  },
  {
    title: "nothing of an answer reaches the terminal as an escape sequence",
    answers: [{ status: 400, body: '{"error":"a \u001b[31mred\u0007 word"}' }],
    code: 1,
    stderr: /^[^\x00-\x09\x0b-\x1f]*$/,
  },
  {
    title: "a partial success is a refusal that names who failed",
    args: ["--service", "web,db,mail"],
    answers: [
      results(207, "Partial success: 1 succeeded, 2 failed", [
        { serviceId: "web", success: true, timestamp: "2026-11-22T06:00:00.000Z" },
        { serviceId: "db", success: false, error: "Unknown serviceId" },
        { serviceId: "mail", success: false, error: "Invalid API key" },
      ]),
    ],
    code: 1,
    stderr:
      "heartbeat: refused (207): Partial success: 1 succeeded, 2 failed\n  db: Unknown serviceId\n  mail: Invalid API key\n",
  },
  {
    title: "a batch of which nothing is accepted names all of it",
    args: ["--service", "web,db"],
    answers: [
      results(401, "All heartbeats failed", [
        { serviceId: "web", success: false, error: "Invalid API key" },
        { serviceId: "db", success: false, error: "Invalid API key" },
      ]),
    ],
    code: 1,
    stderr:
      "heartbeat: refused (401): All heartbeats failed\n  web: Invalid API key\n  db: Invalid API key\n",
    withWget: bare401,
  },
  {
    title: "a refusal by the store is followed by another attempt",
    answers: [unavailable, accepted],
    code: 0,
    requests: 2,
    stderr: again("the answer was 503: The heartbeat could not be stored; send it again"),
  },
  {
    title: "5xx all the time is not reached, after all attempts",
    answers: four(page(502)),
    code: 3,
    requests: 4,
    stderr: again("the answer was 502").repeat(3) + given("the answer was 502"),
  },
  {
    title: "a Retry-After of an hour is not waited for",
    answers: [{ ...unavailable, headers: { "Retry-After": "3600" } }],
    code: 3,
    stderr: /^heartbeat: not reached after 1 attempt: the answer was 503: /,
  },
  {
    title: "a Retry-After that is no number of seconds does not count",
    answers: [{ status: 429, headers: { "Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT" } }, accepted],
    code: 0,
    requests: 2,
    stderr: again("the answer was 429"),
  },
  {
    title: "the page of a captive portal is not acceptance",
    answers: four(page(200)),
    code: 3,
    requests: 4,
    stderr: again(stranger).repeat(3) + given(stranger),
  },
  ...[
    "",
    "{}",
    "[]",
    "null",
    "true",
    '{"success":false}',
    '{"success":"true"}',
    '{"echo":{"success":true}}',
    '{"success":true',
    '["success":true]',
  ].map((body) => ({
    title: `200 with the body ${body || "of nothing"} is not acceptance`,
    answers: [{ status: 200, body }, accepted],
    code: 0,
    requests: 2,
    stderr: again(stranger),
  })),
  {
    title: "blanks in the answer do not matter",
    answers: [{ status: 200, body: ' {\r\n\t"success": true ,\n "message" : "Heartbeat received" }\n' }],
    code: 0,
    stderr: "",
  },
  {
    title: "a redirect is not followed",
    answers: four(page(302, { Location: "/login" })),
    code: 3,
    requests: 4,
    stderr:
      /^heartbeat: not reached after .* the answer was a redirect \(302\) to \/login, which is not followed\. /m,
  },
  { title: "204 is not acceptance", answers: four({ status: 204 }), code: 3, requests: 4, stderr: /was 204/ },
  {
    title: "a connection that is reset is followed by another attempt",
    answers: [reset, accepted],
    code: 0,
    requests: 2,
    stderr: /^heartbeat: not reached: .+; trying again in 0 s\n$/,
  },
  {
    title: "an answer that is cut off does not count",
    answers: [cutOff, accepted],
    code: 0,
    requests: 2,
    stderr: /^heartbeat: not reached: .+; trying again in 0 s\n$/,
  },
  {
    title: "what is no HTTP is not reached",
    args: ["--retries", "0"],
    answers: [garbage],
    code: 3,
    stderr: /^heartbeat: not reached after 1 attempt: .+\n$/,
  },
  {
    title: "silence is waited for as long as the time-out says",
    args: ["--retries", "0", "--timeout", "1"],
    answers: [hang],
    code: 3,
    stderr: `heartbeat: not reached after 1 attempt: no answer in 1 s. ${hint}\n`,
  },
  {
    title: "an answer that drips does not make the time-out longer",
    args: ["--retries", "0", "--timeout", "1"],
    answers: [dripping],
    code: 3,
    stderr: `heartbeat: not reached after 1 attempt: no answer in 1 s. ${hint}\n`,
  },
  {
    title: "an answer without an end is given up, and fills no disk",
    args: ["--retries", "0", "--timeout", "60"],
    answers: [endless],
    code: 3,
    stderr: /^heartbeat: not reached after 1 attempt: the answer (is too long|was 200, but not one)/,
  },
  {
    title: "--quiet says nothing of an attempt that is followed by another",
    args: ["--quiet"],
    answers: [page(500), { status: 200, body: { success: true, warning: "too much" } }],
    code: 0,
    requests: 2,
    stdout: "",
    stderr: "",
  },
  {
    title: "--quiet says why it failed in the end",
    args: ["--quiet", "--retries=1"],
    answers: four(page(500)),
    code: 3,
    requests: 2,
    stderr: `heartbeat: not reached after 2 attempts: the answer was 500. ${hint}\n`,
  },
];

forEachClient("answers", (fixture) => {
  for (const { title, args = [], answers, code, requests = 1, stdout, stderr, withWget } of cases) {
    test(title, async () => {
      fixture.recorder.play(...answers);
      const result = await fixture.run(args);
      assert.equal(result.code, code, result.stderr);
      const expected = (fixture.client.name.endsWith("wget") && withWget) || stderr;
      if (typeof expected === "string") assert.equal(result.stderr, expected);
      else assert.match(result.stderr, expected);
      assert.equal(result.stdout, stdout ?? (code === 0 ? "heartbeat: accepted (web)\n" : ""));
      assert.equal(fixture.recorder.requests.length, requests);
      for (const { path } of fixture.recorder.requests) assert.equal(path, "/api/heartbeat");
    });
  }

  test("Retry-After is waited for", async () => {
    fixture.recorder.play({ status: 429, headers: { "Retry-After": "1" } }, accepted);
    const { code, stderr } = await fixture.run([]);
    assert.equal(code, 0);
    assert.equal(stderr, "heartbeat: not reached: the answer was 429; trying again in 1 s\n");
    const [first, second] = fixture.recorder.requests;
    assert.ok(second.time - first.time > 950, `${second.time - first.time} ms`);
  });

  test("the wait is between half of the delay and all of it", async () => {
    fixture.recorder.play(page(500), accepted);
    const { stderr } = await fixture.run(["--retry-delay", "2"]);
    assert.match(stderr, /trying again in [12] s\n$/);
  });

  test("an address where nobody listens, or that there is not, is not reached", async () => {
    for (const url of ["http://127.0.0.1:9", "https://monitor.invalid"]) {
      const env = { HEARTBEAT_URL: url, all_proxy: undefined };
      const { code, stderr } = await fixture.run(["--retries", "1"], { env });
      assert.equal(code, 3);
      assert.match(stderr, /^heartbeat: not reached: .+\nheartbeat: not reached after 2 attempts: .+\n$/);
    }
  });
});

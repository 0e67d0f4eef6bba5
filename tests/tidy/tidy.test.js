import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { inRoot } from "../../scripts/lib/paths.mjs";
import { all } from "./rules.js";

const isText = (path) => /\.(cpp|hpp|md|txt)$/.test(path) || path.endsWith("CMakeLists.txt");

// What git knows or would take, by path; only the paths of what no rule reads.
function tree() {
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: inRoot(),
    encoding: "utf8",
  });
  const paths = listed.split("\0").filter((path) => path && existsSync(inRoot(path)));
  return Object.fromEntries(
    paths.map((path) => [path, isText(path) ? readFileSync(inRoot(path), "utf8") : " "]),
  );
}

const architecture =
  "# Map\n\n| `src/` | core |\n\n## The rooms of the core\n\n| room | what |\n| `text/` | bytes |\n| `check/` | rules |\n";

// A tree without faults, with these changes.
const made = (changes = {}) => ({
  "ARCHITECTURE.md": architecture,
  "CMakeLists.txt": "set(hot text/time check/verdict)\n",
  "src/text/time.hpp": "struct Day {\n};\n",
  "src/text/time.cpp": '#include "text/time.hpp"\n',
  "src/check/verdict.cpp": '#include "text/time.hpp"\n',
  ...changes,
});

const long = (lines) => `int f() {\n${"  g();\n".repeat(lines - 2)}}\n`;

const broken = {
  rooms: [
    [{ "src/lost.cpp": " " }, "src/lost.cpp is in no room"],
    [{ "src/attic/a.cpp": " " }, "src/attic is not among the rooms of ARCHITECTURE.md"],
    [
      { "ARCHITECTURE.md": `${architecture}| \`page/\` | HTML |\n` },
      "ARCHITECTURE.md has a room page, src/ has not",
    ],
  ],
  includes: [
    [
      { "src/check/v.hpp": " ", "src/text/time.cpp": '#include "check/v.hpp"\n' },
      'src/text/time.cpp includes "check/v.hpp", a room below its own',
    ],
    [{ "src/text/a.cpp": '#include "time.hpp"\n' }, 'src/text/a.cpp includes "time.hpp", which is not there'],
  ],
  types: [
    [{ "src/check/a.cpp": "struct Day {\n};\n" }, "src/check/a.cpp has a type Day, as src/text/time.hpp has"],
    [{ "src/check/a.cpp": "using Day = int;\n" }, "src/check/a.cpp has a type Day, as src/text/time.hpp has"],
  ],
  functions: [[{ "src/check/a.cpp": long(41) }, "src/check/a.cpp:1 begins a function of 41 lines"]],
  comments: [
    [
      { "src/check/a.hpp": "// A sentence that the formatter has\n// broken here\n// and that goes on.\n" },
      "src/check/a.hpp:2 is a stump: broken here",
    ],
    [{ "src/check/a.hpp": "// One rule. - Another one\n" }, "src/check/a.hpp:1 has a list in one line"],
  ],
  architecture: [
    [
      { "ARCHITECTURE.md": `${architecture}\nAs \`check/gone.cpp\` says.\n` },
      "ARCHITECTURE.md names check/gone.cpp, which is not there",
    ],
  ],
  hotSources: [
    [
      { "CMakeLists.txt": "set(hot text/tim)\n" },
      "CMakeLists.txt names src/text/tim.cpp, which is not there",
    ],
    [{ "CMakeLists.txt": "" }, "CMakeLists.txt names no hot sources"],
  ],
  namespaces: [
    [{ "src/text/a_test.cpp": "namespace hb {\n" }, "src/text/a_test.cpp has no namespace hb::a_test"],
    [
      {
        "src/check/a_test.cpp": "namespace hb::a_test {\n",
        "src/text/a_test.cpp": "namespace hb::a_test {\n",
      },
      "src/text/a_test.cpp has the namespace a_test, as another test has",
    ],
  ],
  constants: [
    [
      { "src/text/a.cpp": "constexpr int kA = 1;\nconst std::string_view kB = f(kA);\n" },
      "src/text/a.cpp does not use its kB",
    ],
  ],
};

for (const [name, rule] of Object.entries(all)) {
  test(`the sources keep the rule of ${name}`, () => assert.deepEqual(rule(tree()), []));

  test(`the rule of ${name} finds its faults, and nothing in what is right`, () => {
    assert.deepEqual(rule(made()), []);
    for (const [changes, fault] of broken[name]) assert.deepEqual(rule(made(changes)), [fault]);
  });
}

test("a function of 40 lines is none too many, nor is a test or a file that knows a room above it", () => {
  const fine = { "src/check/a.cpp": long(40), "src/text/a_test.cpp": `#include "check/v.hpp"\n${long(41)}` };
  for (const rule of [all.functions, all.includes]) assert.deepEqual(rule(made(fine)), []);
});

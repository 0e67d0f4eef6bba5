// Everything that the documentation tells people to run is run, and every block of it is of a kind that is looked at.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { parse as parseToml } from "smol-toml";
import { parse as parseYaml } from "yaml";
import { curlLine, exampleService, readConfig } from "../../scripts/lib/config.mjs";
import { inRoot } from "../../scripts/lib/paths.mjs";
import { openWorkshop } from "./workshop.js";

const files = [
  ...readdirSync(inRoot()).filter((name) => name.endsWith(".md")),
  ...readdirSync(inRoot("docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];
const read = (file) => readFileSync(inRoot(file), "utf8");
const { scripts } = JSON.parse(read("package.json"));

// {language, text} of each fenced block.
const blocksOf = (markdown) =>
  [...markdown.matchAll(/^ *```(\w*)\n([^]*?)^ *```$/gm)].map(([, language, text]) => ({ language, text }));

let workshop;
before(async () => (workshop = await openWorkshop()));
after(() => workshop?.close());

// What is done with a block of each kind; a kind that is not here fails.
const kinds = {
  sh: (text) => workshop.run(text),
  crontab: async (text) => {
    const lines = text.trim().split("\n");
    const settings = lines.filter((line) => /^\w+=/.test(line)).map((line) => `export ${line}\n`);
    const jobs = lines
      .filter((line) => !/^\w+=/.test(line))
      .map((line) => line.match(/^((?:\S+ +){5})(.*)$/));
    for (const [, schedule, job] of jobs) {
      assert.match(schedule, /^([\d*/,-]+ +){5}$/);
      await workshop.run(`echo the-key >/etc/heartbeat.key\n${settings.join("")}${job}`);
    }
  },
  json: (text) => JSON.parse(text),
  toml: (text) => parseToml(text),
  yaml: (text) => parseYaml(text),
  ini: (text) => assert.match(text, /^(\[\w+\]|\w+=.*|#.*|)(\n(\[\w+\]|\w+=.*|#.*|))*$/),
  powershell: (text) => {
    const parameters = read("clients/heartbeat.ps1").match(/^param\(([^]*?)^\)/m)[1];
    const used = [...text.matchAll(/^.*heartbeat\.ps1([^]*?)'$/gm)].flatMap(([, line]) =>
      line.match(/-[A-Z]\w+/g),
    );
    assert.ok(used.length > 2);
    for (const name of used) assert.ok(parameters.includes(`$${name.slice(1)}`), name);
  },
  text: (text) =>
    assert.doesNotMatch(text, /^\s*(\$ )?(npm|npx|curl|git|node|sh|docker|kubectl|systemctl) /m),
  "": (text) => kinds.text(text),
};

for (const file of files) {
  describe(file, () => {
    before(() => workshop.fillKv());

    for (const [i, { language, text }] of blocksOf(read(file)).entries()) {
      test(`block ${i + 1}, ${language || "text"}: ${text.split("\n")[0].slice(0, 60)}`, async () => {
        assert.ok(kinds[language], `Nobody knows what to do with a block of "${language}".`);
        workshop.reset();
        await kinds[language](text);
      });
    }

    test("every command of npm that it names is there", () => {
      for (const [, name] of read(file).matchAll(/npm run (?:--silent )?([\w-]+)/g))
        assert.ok(scripts[name], name);
    });

    test("every file and heading that it links to is there", () => {
      for (const [, link] of read(file).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)) {
        const [target, heading] = link.split("#");
        const found = target === "" ? file : path.join(path.dirname(file), target);
        assert.ok(existsSync(inRoot(found)), link);
        if (heading) assert.ok(anchorsOf(read(found)).includes(heading), link);
      }
    });
  });
}

// As GitHub makes them.
const anchorsOf = (markdown) =>
  [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, title]) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );

test("the first line to paste is the one that npm start prints", () => {
  const example = exampleService(readConfig("services"), { "*": "the-key" });
  const line = curlLine("http://127.0.0.1:8787", example);
  for (const file of ["README.md", "QUICKSTART.md"])
    assert.ok(read(file).includes(line.replaceAll("'", '"')), file);
});

test("the README tells how to start and how to test", () => {
  const commands = blocksOf(read("README.md")).filter(({ language }) => language === "sh");
  for (const wanted of ["npm start\n", "npm test\n"])
    assert.ok(commands.some(({ text }) => text.includes(wanted)));
});

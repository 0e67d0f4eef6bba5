// How the sources of the core are put together, as a program can hold it. Each rule takes the files of a tree, as
// texts by path, and gives its faults, each a sentence that begins with the path.

const kLongestFunction = 40; // lines
const kStumpWords = 2;

const isTest = (path) => /_test\.(cpp|hpp)$/.test(path);
const isSource = (path) => /^src\/.*\.(cpp|hpp)$/.test(path);

const sources = (files) => Object.entries(files).filter(([path]) => isSource(path));
const tested = (files) => sources(files).filter(([path]) => !isTest(path));

// The rooms of src/, as ARCHITECTURE.md lists them: one may know those above it.
export function roomsOf(architecture) {
  const [, section = ""] = architecture.split("\n## The rooms of the core\n");
  return [...section.split("\n## ")[0].matchAll(/^\| `(\w+)\/` +\|/gm)].map(([, room]) => room);
}

export function rooms(files) {
  const listed = roomsOf(files["ARCHITECTURE.md"]);
  const used = [...new Set(sources(files).map(([path]) => roomOf(path)))];
  return [
    ...sources(files)
      .filter(([path]) => !path.slice(4).includes("/"))
      .map(([path]) => `${path} is in no room`),
    ...used
      .filter((room) => room && !listed.includes(room))
      .map((room) => `src/${room} is not among the rooms of ARCHITECTURE.md`),
    ...listed
      .filter((room) => !used.includes(room))
      .map((room) => `ARCHITECTURE.md has a room ${room}, src/ has not`),
  ];
}

const roomOf = (path) => path.match(/^src\/(\w+)\//)?.[1];

// Tests know everybody.
export function includes(files) {
  const order = roomsOf(files["ARCHITECTURE.md"]);
  return tested(files).flatMap(([path, text]) =>
    [...text.matchAll(/^#include "(.+)"/gm)].flatMap(([, name]) => includeFaults(files, order, path, name)),
  );
}

function includeFaults(files, order, path, name) {
  if (!files[`src/${name}`]) return [`${path} includes "${name}", which is not there`];
  const [from, to] = [roomOf(path), roomOf(`src/${name}`)].map((room) => order.indexOf(room));
  return to > from ? [`${path} includes "${name}", a room below its own`] : [];
}

// A type of a header has its name for itself: two of one name in the namespace may be merged when linking.
export function types(files) {
  const all = tested(files).flatMap(([path, text]) => typesIn(text).map((name) => ({ path, name })));
  return all
    .filter(({ path }) => path.endsWith(".hpp"))
    .flatMap(({ path, name }) =>
      all
        .filter((other) => other.name === name && other.path !== path)
        .map((other) => `${other.path} has a type ${name}, as ${path} has`),
    );
}

function typesIn(text) {
  const defined = text.matchAll(/^(?:struct|class|enum class|enum) (\w+)[^;]*$|^using (\w+) =/gm);
  return [...defined].map(([, type, alias]) => type ?? alias);
}

// From the line that ends in "{" to the "}" as far left as where it began, lambdas and tests left out.
export function functions(files) {
  return tested(files).flatMap(([path, text]) =>
    [0, 2]
      .flatMap((indent) => functionsIn(text.split("\n"), " ".repeat(indent)))
      .filter(({ length }) => length > kLongestFunction)
      .map(({ line, length }) => `${path}:${line} begins a function of ${length} lines`),
  );
}

function functionsIn(lines, indent) {
  const found = [];
  let start;
  for (const [i, line] of lines.entries()) {
    if (start === undefined && opensFunction(lines, i, indent)) start = i;
    else if (start !== undefined && line === `${indent}}`) {
      found.push({ line: start + 1, length: i - start + 1 });
      start = undefined;
    }
  }
  return found;
}

const noFunction =
  /^ *(namespace|struct|class|enum|union|if|for|while|switch|else|do|return|constexpr|const|static)\b/;

function opensFunction(lines, i, indent) {
  const line = lines[i];
  if (!line.startsWith(indent) || line[indent.length] === " ") return false;
  if (!/\)( const| noexcept)* \{$/.test(line) || /\[[^\]]*\]\(/.test(line)) return false;
  return !noFunction.test(line);
}

// What a formatter leaves of a comment: a line of a word or two in the middle of a sentence, a list without its lines.
export function comments(files) {
  return sources(files).flatMap(([path, text]) =>
    blocksOf(text).flatMap(({ at, lines }) => {
      const stumps = lines.flatMap((line, i) =>
        isStump(lines, i) ? [`${path}:${at + i} is a stump: ${line}`] : [],
      );
      const glued = lines.flatMap((line, i) =>
        isGlued(line) ? [`${path}:${at + i} has a list in one line`] : [],
      );
      return [...stumps, ...glued];
    }),
  );
}

function blocksOf(text) {
  const blocks = [];
  for (const [i, line] of text.split("\n").entries()) {
    const comment = line.match(/^\s*\/\/ ?(.*)$/)?.[1];
    if (comment === undefined) continue;
    const last = blocks.at(-1);
    if (last && last.at + last.lines.length === i + 1) last.lines.push(comment);
    else blocks.push({ at: i + 1, lines: [comment] });
  }
  return blocks;
}

const isGlued = (line) => /[.;,] - [A-Za-z]/.test(line);

function isStump(lines, i) {
  const [before, line, after] = [lines[i - 1], lines[i], lines[i + 1]];
  if (!before || !line || !after) return false;
  const isShort = line.trim().split(/\s+/).length <= kStumpWords;
  return (
    isShort &&
    /[a-z,]$/.test(before) &&
    /[a-z,]$/.test(line) &&
    /^\s*[a-z]/.test(after) &&
    !/:\/\//.test(line)
  );
}

// Files that ARCHITECTURE.md names by themselves or with their path.
export function architecture(files) {
  const paths = Object.keys(files);
  const names = [
    ...files["ARCHITECTURE.md"].matchAll(/`([\w./-]+\.(?:cpp|hpp|js|mjs|ts|tsx|md|toml|yaml|html|txt))`/g),
  ];
  return [...new Set(names.map(([, name]) => name))]
    .filter((name) => !paths.some((path) => path === name || path.endsWith(`/${name}`)))
    .map((name) => `ARCHITECTURE.md names ${name}, which is not there`);
}

// The sources that CMakeLists.txt picks out by name: a wrong one would silently be built like all others.
export function hotSources(files) {
  const names =
    files["CMakeLists.txt"]
      .match(/set\(hot ([^)]+)\)/)?.[1]
      .trim()
      .split(/\s+/) ?? [];
  const missing = names.filter((name) => !files[`src/${name}.cpp`]);
  const none = names.length > 0 ? [] : ["CMakeLists.txt names no hot sources"];
  return [...none, ...missing.map((name) => `CMakeLists.txt names src/${name}.cpp, which is not there`)];
}

// A room is compiled as one file, so each test file keeps what it defines in a namespace of its own.
export function namespaces(files) {
  const tests = sources(files).filter(([path]) => path.endsWith("_test.cpp"));
  const named = tests.map(([path, text]) => {
    const [, stem] = path.match(/(\w+)\.cpp$/);
    const [, name] = text.match(new RegExp(`^namespace hb::(\\w*${stem}) \\{$`, "m")) ?? [];
    return { path, stem, name };
  });
  const without = named.filter(({ name }) => !name);
  const twice = named.filter(({ path, name }) =>
    named.some((other) => name && other.name === name && other.path < path),
  );
  return [
    ...without.map(({ path, stem }) => `${path} has no namespace hb::${stem}`),
    ...twice.map(({ path, name }) => `${path} has the namespace ${name}, as another test has`),
  ];
}

// Compilers say so only of a file that is compiled by itself.
export function constants(files) {
  return sources(files)
    .filter(([path]) => path.endsWith(".cpp"))
    .flatMap(([path, text]) =>
      [...text.matchAll(/^(?:static |inline )*(?:constexpr|const)\b[^;={(\n]*?\b(k[A-Z]\w*)/gm)]
        .map(([, name]) => name)
        .filter((name) => text.match(new RegExp(`\\b${name}\\b`, "g")).length === 1)
        .map((name) => `${path} does not use its ${name}`),
    );
}

export const all = {
  rooms,
  includes,
  types,
  functions,
  comments,
  architecture,
  hotSources,
  namespaces,
  constants,
};

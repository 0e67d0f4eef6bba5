// JSON that a person has written, and what is wrong with it, as far as its line and column.
import { createRequire } from "node:module";
import { Failure } from "./say.mjs";

const kMark = "\uFEFF";

const kLenient = "comments and trailing commas are not allowed";

const sentences = {
  InvalidSymbol: "this is neither a value nor a name in double quotes",
  InvalidNumberFormat: "this is no number",
  PropertyNameExpected: "a name in double quotes is missing here",
  ValueExpected: "a value is missing here",
  ColonExpected: "a colon is missing before this",
  CommaExpected: "a comma is missing before this",
  CloseBraceExpected: "a closing brace, }, is missing here",
  CloseBracketExpected: "a closing bracket, ], is missing here",
  EndOfFileExpected: "the value ends before this; nothing may follow",
  InvalidCommentToken: kLenient,
  UnexpectedEndOfComment: kLenient,
  UnexpectedEndOfString: "this text is not closed on its line; its closing quote is missing",
  UnexpectedEndOfNumber: "this is no number",
  InvalidUnicode: "this text has \\u without four hexadecimal digits",
  InvalidEscapeCharacter: "this text has a backslash that begins no escape; a backslash itself is \\\\",
  InvalidCharacter: "this text has a control character, which must be written as an escape",
};

export function parseJson(text, name) {
  const fault = jsonFault(text);
  if (fault) throw new Failure(`${name}: ${fault}`);
  return JSON.parse(text);
}

// What is wrong with the text, or undefined. `origin` is where in a file it begins.
export function jsonFault(text, origin = { line: 1, column: 1 }) {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    if (text.startsWith(kMark))
      return "begins with a byte order mark, which JSON does not allow; save it as UTF-8 without one";
    if (text.trim() === "") return "is empty; JSON that says nothing is {}";
    return diagnosis(text, origin) ?? "is not JSON";
  }
}

function diagnosis(text, origin) {
  const jsonc = parser();
  if (!jsonc) return undefined;
  const [first] = errorsIn(jsonc, text);
  if (!first) return undefined;
  const { error, offset } = first;
  const comma = commaBefore(text, offset);
  const isTrailing = comma >= 0 && /[\]}]/.test(text[offset] ?? "");
  const sentence = isTrailing ? kLenient : sentences[jsonc.printParseErrorCode(error)];
  return `${placeOf(text, isTrailing ? comma : offset, origin)}: ${sentence ?? "this is not JSON"}`;
}

function errorsIn(jsonc, text) {
  const errors = [];
  try {
    jsonc.parse(text, errors, { disallowComments: true });
  } catch {
    // nested too deep for it; what it found until then counts
  }
  return errors;
}

// The place of a comma that only blanks separate from the offset, or -1.
function commaBefore(text, offset) {
  const before = text.slice(0, offset).trimEnd();
  return before.endsWith(",") ? before.length - 1 : -1;
}

export function placeOf(text, offset, origin = { line: 1, column: 1 }) {
  const lines = text.slice(0, offset).split("\n");
  const column = lines.at(-1).length + (lines.length === 1 ? origin.column : 1);
  return `line ${origin.line + lines.length - 1}, column ${column}`;
}

// Not there before the packages are installed.
function parser() {
  try {
    return createRequire(import.meta.url)("jsonc-parser");
  } catch {
    return undefined;
  }
}

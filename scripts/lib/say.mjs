// What a person at the terminal reads: short lines while things happen, one sentence when they cannot.

// Thrown with a sentence for whoever ran the command; its stack is of no use to them.
export class Failure extends Error {}

export const say = (line) => console.log(line);

// Runs a command's main function; its failures become one message and a non-zero exit. `usage` is the page that --help
// shows, its first line how the command is called. A command without a parameter takes no options, and says so to
// whoever thinks that it does.
export async function main(command, usage) {
  const args = process.argv.slice(2);
  if (args.some((arg) => arg === "--help" || arg === "-h")) return say(usage.trimEnd());
  try {
    if (command.length === 0 && args.length > 0) throw new Failure(misused("It takes no options.", usage));
    await command(args);
  } catch (error) {
    console.error(error instanceof Failure ? error.message : error);
    process.exitCode = 1;
  }
}

// What is wrong with the arguments, and where the right ones are explained.
export function misused(sentence, usage) {
  const [name] = usage.split(/ -- |\n/);
  return `${sentence} More: ${name} -- --help`;
}

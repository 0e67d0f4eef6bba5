// What a person at the terminal reads: short lines while things happen, one sentence when they cannot.

// Thrown with a sentence for whoever ran the command; its stack is of no use to them.
export class Failure extends Error {}

export const say = (line) => console.log(line);

// Runs a command's main function; its failures become one message and a non-zero exit. One without a parameter takes no
// options, and says so to whoever thinks that it does.
export async function main(command) {
  const args = process.argv.slice(2);
  try {
    if (command.length === 0 && args.length > 0) throw new Failure("This command takes no options.");
    await command(args);
  } catch (error) {
    console.error(error instanceof Failure ? error.message : error);
    process.exitCode = 1;
  }
}

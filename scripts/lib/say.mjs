// What a person at the terminal reads: short lines while things happen, one sentence when they cannot.

// Thrown with a sentence for whoever ran the command; its stack is of no use to them.
export class Failure extends Error {}

export const say = (line) => console.log(line);

// Runs a command's main function; its failures become one message and a non-zero exit.
export async function main(command) {
  try {
    await command(process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof Failure ? error.message : error);
    process.exitCode = 1;
  }
}

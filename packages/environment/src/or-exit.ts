import { EnvironmentError } from './read-environment.ts';

/** Runs a program. Wrong settings end the process with their message alone; any other error is thrown. */
export async function orExit(program: () => Promise<void>): Promise<void> {
  try {
    await program();
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    process.stderr.write(`${error.message}\n`, () => process.exit(1));
  }
}

import { SetupError } from '@marquee/servers';

/** The arguments of a command are wrong: it shows its usage. */
export class UsageError extends Error {}

/**
 * Runs a command of a terminal. Its exit code is what `main` returns; 0 for `--help`; 2 with wrong arguments, and when
 * what it needs is not there; 1 for any other error, of which it shows the message.
 */
export async function runCommand(
  usage: string,
  main: (args: string[]) => number | Promise<number>,
  args = process.argv.slice(2),
): Promise<void> {
  if (args.includes('--help')) {
    process.stdout.write(usage);
    return;
  }
  try {
    process.exitCode = await main(args);
  } catch (error) {
    const isUsage = isWrongUsage(error);
    const message = isRefusedConnection(error)
      ? `${error.message}. Start the local stack, or set DATABASE_URL.`
      : error instanceof Error
        ? error.message
        : String(error);
    process.stderr.write([message, isUsage ? usage : ''].filter(Boolean).join('\n').trimEnd() + '\n');
    process.exitCode = isUsage || isRefusedConnection(error) || error instanceof SetupError ? 2 : 1;
  }
}

function isWrongUsage(error: unknown): boolean {
  if (error instanceof UsageError) return true;
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

/** The local stack's folder may name a Postgres that does not run. */
function isRefusedConnection(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED';
}

import { SetupError } from '@marquee/servers';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { runCommand, UsageError } from '../src/command.ts';

const USAGE = 'Usage: npm run it\n';
let written: { out: string; err: string };
let exitCode: typeof process.exitCode;

beforeEach(() => {
  written = { out: '', err: '' };
  exitCode = process.exitCode;
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((written.out += String(text))));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((written.err += String(text))));
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = exitCode;
});

const run = async (main: () => number, args: string[] = []) => {
  process.exitCode = undefined;
  await runCommand(USAGE, main, args);
  return { code: process.exitCode, ...written };
};
const failing = (error: Error) => () => {
  throw error;
};

test('a command ends with its own exit code, and shows its usage on request alone', async () => {
  expect(await run(() => 3)).toEqual({ code: 3, out: '', err: '' });
  expect(await run(failing(new Error('not reached')), ['--help'])).toEqual({ code: undefined, out: USAGE, err: '' });
});

test('wrong arguments show the usage, and any error its message without a trace', async () => {
  const parsing = Object.assign(new TypeError("Unknown option '--x'"), { code: 'ERR_PARSE_ARGS_UNKNOWN_OPTION' });
  expect(await run(failing(parsing))).toEqual({ code: 2, out: '', err: `Unknown option '--x'\n${USAGE}` });
  written.err = '';
  expect(await run(failing(new UsageError()))).toEqual({ code: 2, out: '', err: USAGE });
  written.err = '';
  expect(await run(failing(new SetupError('No Postgres.')))).toEqual({ code: 2, out: '', err: 'No Postgres.\n' });
  written.err = '';
  const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' });
  const advice = 'connect ECONNREFUSED 127.0.0.1:5432. Start the local stack, or set DATABASE_URL.\n';
  expect(await run(failing(refused))).toEqual({ code: 2, out: '', err: advice });
  written.err = '';
  expect(await run(failing(new TypeError('a bug')))).toEqual({ code: 1, out: '', err: 'a bug\n' });
});

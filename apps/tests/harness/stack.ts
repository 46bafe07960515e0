import { freePort } from '@marquee/servers';
import { readPostgresUrl } from '@marquee/servers/state-path';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A stack as `npm start` starts it, with both applications. */
export interface Stack {
  readonly origin: string;
  /** The inbox of the sandbox mail server. */
  readonly mailUrl: string;
  /** The sandbox push service. */
  readonly pushUrl: string;
  /** The supergraph that the gateway follows. */
  readonly supergraphFile: string;
  /** The Postgres of its databases. */
  readonly postgresUrl: string;
  stop(): Promise<void>;
}

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const FIRST_PORT = 4_700;
const START_LIMIT_MS = 180_000;

/**
 * Starts a stack on free ports, with the seed and nothing else in it.
 *
 * @param given a folder that keeps its data from run to run; one that is removed by default
 */
export async function startStack(given?: string): Promise<Stack> {
  const folder = given ?? mkdtempSync(join(tmpdir(), 'marquee-browser-'));
  mkdirSync(folder, { recursive: true });
  const supergraphFile = join(folder, 'supergraph.graphql');
  copyFileSync(join(ROOT, 'schema/supergraph.graphql'), supergraphFile);
  const port = await freePort('127.0.0.1', FIRST_PORT);
  const child = spawn(process.execPath, [join(ROOT, 'dist/stack.mjs')], {
    cwd: ROOT,
    env: {
      ...process.env,
      ...{ MARQUEE_FOLDER: folder, GATEWAY_PORT: String(port), SUPERGRAPH: supergraphFile },
      // All tests come from one network.
      ...{ RATE_LIMITS: 'off', SEED_BOOKINGS: 'off', NODE_ENV: 'test' },
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    if (given === undefined) rmSync(folder, { recursive: true, force: true });
  };
  try {
    const welcome = await welcomeOf(child);
    const mailUrl = /Mail that it sends: (\S+)/.exec(welcome)?.[1] ?? '';
    const pushUrl = /Push messages that it sends: (\S+)/.exec(welcome)?.[1] ?? '';
    const postgresUrl = readPostgresUrl(folder) ?? '';
    // Passkeys and sign-in providers know this machine by its name alone.
    return { origin: `http://localhost:${port}`, mailUrl, pushUrl, supergraphFile, postgresUrl, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The output of a stack up to the text that says that it serves. @throws when it ends before, or takes too long */
function welcomeOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(() => reject(new Error(`The stack does not serve:\n${output}`)), START_LIMIT_MS);
    const read = (data: Buffer): void => {
      output += data.toString();
      if (!/npm run demo/.test(output)) return;
      clearTimeout(timer);
      resolve(output);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`The stack ended with ${code}:\n${output}`));
    });
  });
}

import { takeLock } from './lock.ts';
import { requirePort } from './port.ts';
import { progressOn } from './progress.ts';
import { SetupError } from './servers/index.ts';
import { settingsFrom } from './settings.ts';
import { DOMAINS } from './domains.ts';
import { startStack } from './stack.ts';
import { defaultStateFolder, openStateFolder } from './state-folder.ts';
import { stopRequests } from './stop-requests.ts';
import { teardown } from './teardown.ts';

const STOP_LIMIT_MS = 20_000;

const progress = progressOn(process.stdout);
const stops = teardown((what, error) => console.error(`Could not stop ${what}:`, error));
const requests = stopRequests(process);

// A terminal that was closed or a pipe nobody reads any more is no reason to stop serving.
for (const output of [process.stdout, process.stderr]) output.on('error', () => {});

/** `npm start`: serves until it is told to stop. */
async function run(): Promise<void> {
  const settings = settingsFrom(process.env, DOMAINS);
  const state = openStateFolder(defaultStateFolder(process.env));
  const taken = takeLock(state.lockFile);
  if ('holder' in taken) {
    const { pid, address = 'still starting' } = taken.holder;
    throw new SetupError(`The stack is already running (pid ${pid}): ${address}`);
  }
  stops.add('the lock', taken.lock.release);
  await requirePort(settings.host, settings.port);
  const supergraph = await startStack({ settings, state, stops, progress, requests, environment: process.env });
  taken.lock.announce(supergraph.endpoint);
  const { welcome } = await import('./composition.ts');
  progress.say(welcome(supergraph, process.uptime()));
}

async function stop(): Promise<void> {
  setTimeout(() => {
    console.error('It does not stop: giving up on it.');
    process.exit(1);
  }, STOP_LIMIT_MS).unref();
  await stops.run();
}

try {
  await run();
  await requests.untilAsked();
} catch (error) {
  if (!requests.signal.aborted) {
    process.exitCode = 1;
    console.error(error instanceof SetupError ? `\n${error.message}` : error);
  }
}
if (requests.signal.aborted) progress.say(`\n${requests.reason}: stopping.`);
await stop();
process.exit();

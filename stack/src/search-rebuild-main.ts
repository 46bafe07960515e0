import { setTimeout as sleep } from 'node:timers/promises';
import { openPlainClient, type PlainClient } from '@marquee/database';

import {
  requestRebuild,
  type RebuildProgress,
  rebuildProgress,
} from '../../subgraphs/search/src/adapters/rebuild-requests.ts';
import { runCommand, UsageError } from './command.ts';
import { commandDatabases } from './command-databases.ts';

const USAGE = `Usage: npm run search:rebuild

Has search fill its read model anew from catalog and ratings, while the present one serves and events change both; then the
new one serves. The running search does it: this command asks it to, shows how far it is, and waits for the end. Interrupted,
it is not needed any further.
DATABASE_URL names the Postgres; when not given, it is the local stack's. Exit code: 1 when the rebuild failed.
`;

/** A running search begins within a few seconds. */
const BEGINS_WITHIN_SECONDS = 15;

async function main(args: string[]): Promise<number> {
  if (args.length > 0) throw new UsageError();
  const client = await openPlainClient(commandDatabases(process.env)('search'));
  try {
    return await follow(client, await requestRebuild(client));
  } finally {
    await client.close();
  }
}

/** @returns the exit code */
async function follow(client: PlainClient, id: bigint): Promise<number> {
  let shown = '';
  for (let seconds = 0; ; seconds += 1) {
    const progress = await rebuildProgress(client, id);
    const line = lineFor(progress);
    if (line !== shown) process.stdout.write(`${line}\n`);
    shown = line;
    if (progress.endedAt !== null) return progress.error === null ? 0 : 1;
    if (progress.startedAt === null && seconds === BEGINS_WITHIN_SECONDS) {
      process.stdout.write('Search does not run, or works on an earlier request. It begins when it can.\n');
    }
    await sleep(1_000);
  }
}

function lineFor({ startedAt, endedAt, read, error }: RebuildProgress): string {
  if (error !== null) return `The rebuild failed, and the read model of before serves on: ${error}`;
  if (endedAt !== null) return `The new read model serves: ${read} titles, venues and shows were read.`;
  return startedAt === null ? 'Asked search for a rebuild.' : `${read} titles, venues and shows are read…`;
}

await runCommand(USAGE, main);

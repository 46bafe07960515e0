import { openPlainClient, type PlainClient } from '@marquee/database';
import { deadLetters, requestReplay } from '@marquee/events';

import { commandDatabases } from './command-databases.ts';
import { subgraphNames } from './subgraphs.ts';

const USAGE = `Usage: npm run events:replay -- <consumer> [--list]

Has a consumer try its dead letters again, within seconds where it is running; --list shows them instead.
The consumers: ${subgraphNames().join(', ')}.
DATABASE_URL names the Postgres; when not given, it is the local stack's.
`;

async function list(client: PlainClient, consumer: string): Promise<void> {
  for (const { failedAt, type, attempts, error, event } of await deadLetters(client, consumer)) {
    process.stdout.write(`${failedAt.toISOString()} ${type} after ${attempts} attempts: ${error}\n  ${event}\n`);
  }
}

/** Lists or replays the dead letters of a consumer. @returns the exit code */
async function main([consumer, ...options]: readonly string[]): Promise<number> {
  if (consumer === undefined || !subgraphNames().includes(consumer)) {
    process.stderr.write(USAGE);
    return 2;
  }
  const client = await openPlainClient(commandDatabases(process.env)(consumer));
  try {
    await list(client, consumer);
    if (options.includes('--list')) return 0;
    const requested = await requestReplay(client, consumer);
    process.stdout.write(`${requested} dead letters of ${consumer} are tried again\n`);
    return 0;
  } finally {
    await client.close();
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

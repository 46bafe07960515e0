import { parseArgs } from 'node:util';
import { openPlainClient, type PlainClient } from '@marquee/database';
import { deadLetters, requestReplay } from '@marquee/events';

import { runCommand, UsageError } from './command.ts';
import { commandDatabases } from './command-databases.ts';
import { subgraphNames } from './subgraphs.ts';

const USAGE = `Usage: npm run events:replay -- <consumer> [--list]

Has a consumer try its dead letters again, within seconds where it is running; --list shows them instead.
The consumers: ${subgraphNames().join(', ')}.
DATABASE_URL names the Postgres; when not given, it is the local stack's.
`;

async function list(client: PlainClient, consumer: string): Promise<void> {
  const letters = await deadLetters(client, consumer);
  if (letters.length === 0) process.stdout.write(`${consumer} has no dead letters\n`);
  for (const { failedAt, type, attempts, error, event } of letters) {
    process.stdout.write(`${failedAt.toISOString()} ${type} after ${attempts} attempts: ${error}\n  ${event}\n`);
  }
}

/** Lists or replays the dead letters of a consumer. @returns the exit code */
async function main(args: string[]): Promise<number> {
  const options = { list: { type: 'boolean', default: false } } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const [consumer = ''] = positionals;
  if (positionals.length !== 1 || !subgraphNames().includes(consumer)) throw new UsageError();
  const client = await openPlainClient(commandDatabases(process.env)(consumer));
  try {
    await list(client, consumer);
    if (values.list) return 0;
    const requested = await requestReplay(client, consumer);
    process.stdout.write(`${requested} dead letters of ${consumer} are tried again\n`);
    return 0;
  } finally {
    await client.close();
  }
}

await runCommand(USAGE, main);

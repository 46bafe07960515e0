import { parseArgs } from 'node:util';
import { openPlainClient, type PlainClient } from '@marquee/database';

import {
  replayFailedWebhooks,
  replayWebhooks,
  unhandledWebhooks,
} from '../../subgraphs/payments/src/adapters/webhook-replay.ts';
import { runCommand } from './command.ts';
import { commandDatabases } from './command-databases.ts';

const USAGE = `Usage: npm run webhooks:replay -- [--list] [<event id> …]

Has payments handle webhooks of the payment provider again, within seconds where it is running: those whose handling
failed, or the events named, even if they were handled. --list shows what is not handled instead.
DATABASE_URL names the Postgres; when not given, it is the local stack's.
`;

async function list(client: PlainClient): Promise<void> {
  const webhooks = await unhandledWebhooks(client);
  for (const { provider, id, type, receivedAt, attempts, lastError } of webhooks) {
    const outcome = lastError === null ? 'not tried yet' : `after ${attempts} attempts: ${lastError}`;
    process.stdout.write(`${receivedAt.toISOString()} ${provider} ${type} ${id} ${outcome}\n`);
  }
  process.stdout.write(`${webhooks.length} webhooks are not handled\n`);
}

async function replay(client: PlainClient, ids: readonly string[]): Promise<number> {
  const replayed = ids.length === 0 ? await replayFailedWebhooks(client) : await replayWebhooks(client, ids);
  process.stdout.write(`${replayed} webhooks are handled again\n`);
  if (replayed >= ids.length) return 0;
  process.stderr.write('There are no others of these events: see --list, or the provider.\n');
  return 1;
}

/** Lists or replays webhooks. @returns the exit code: 1 when an event that is named does not exist */
async function main(args: string[]): Promise<number> {
  const options = { list: { type: 'boolean', default: false } } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const client = await openPlainClient(commandDatabases(process.env)('payments'));
  try {
    if (!values.list) return await replay(client, positionals);
    await list(client);
    return 0;
  } finally {
    await client.close();
  }
}

await runCommand(USAGE, main);

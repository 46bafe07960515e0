import { openPlainClient } from '@marquee/database';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { exportEvents } from '../../subgraphs/activity/src/export.ts';
import { runCommand, UsageError } from './command.ts';
import { commandDatabases } from './command-databases.ts';

const USAGE = `Usage: npm run activity:export [-- --from 2027-01-01 --to 2027-01-31 --out folder --with-texts]

Writes what visitors did to Parquet files, <out>/day=2027-01-31/kind=title_view/events.parquet, which DuckDB, Spark and data
warehouses read as one table. No file has ids of people.

  --from, --to   the first and the last day in UTC; by default all that are kept
  --out          the folder; activity-export by default
  --with-texts   writes search texts and properties, too: what people wrote, which no erasure finds in files

DATABASE_URL names the Postgres; when not given, it is the local stack's.
`;

const OPTIONS = {
  from: { type: 'string', default: '0001-01-01' },
  to: { type: 'string', default: '9999-12-31' },
  out: { type: 'string', default: 'activity-export' },
  'with-texts': { type: 'boolean', default: false },
} as const;

async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: OPTIONS });
  for (const day of [values.from, values.to]) {
    if (Number.isNaN(Date.parse(`${day}T00:00:00Z`))) throw new UsageError(`${day} is not a day, such as 2027-01-31.`);
  }
  const folder = resolve(values.out);
  const client = await openPlainClient(commandDatabases(process.env)('activity'));
  let events = 0;
  try {
    const { from, to, 'with-texts': withTexts } = values;
    for await (const written of exportEvents(client, { from, to, folder, withTexts })) {
      events += written.events;
      process.stdout.write(`${written.file}  ${written.events}\n`);
    }
  } finally {
    await client.close();
  }
  process.stdout.write(`${events} events in ${folder}\n`);
  return 0;
}

await runCommand(USAGE, main);

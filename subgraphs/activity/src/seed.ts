import { connect } from '@marquee/database';
import { PrismaClient } from '@marquee/prisma-activity';

import { EventStore } from './adapters/event-store.ts';
import { copyLines } from './adapters/recording/copy-lines.ts';

/** The segment as which the seed is loaded, once. */
const SEGMENT = '5eed0000-0000-4000-8000-000000000001';

/** Adds a past fortnight of visits to a database that has none, by the loader of all events. */
export async function seed({ databaseUrl }: { readonly databaseUrl: string }): Promise<string[]> {
  const client = connect(PrismaClient, { url: databaseUrl, poolSize: 1, applicationName: 'marquee-activity-seed' });
  try {
    const [found] = await client.$queryRaw<{ isEmpty: boolean }[]>`
      SELECT NOT EXISTS (SELECT FROM sessions) AS "isEmpty"`;
    if (found?.isEmpty) {
      // Loaded on demand: most starts add nothing.
      const { pastFortnight } = await import('./seed/past-fortnight.ts');
      const lines: Buffer[] = [];
      for await (const events of pastFortnight(new Date())) lines.push(Buffer.from(copyLines(events)));
      await new EventStore(client).load(SEGMENT, lines);
    }
  } finally {
    await client.$disconnect();
  }
  return [];
}

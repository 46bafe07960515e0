import { connect, type SqlDatabase, type SqlTransaction } from '@marquee/database';
import { PrismaClient } from '@marquee/prisma-support';

import { AgentRepository } from './adapters/agents.ts';
import { Calendars } from './adapters/calendars.ts';
import { SeedRepository } from './adapters/seed.ts';
import { ARTICLES } from './seed/articles.ts';
import { seedCases } from './seed/seed-support.ts';

/** Adds help articles, cases of the seeded customers, and an agent on duty, once. */
export async function seed({ databaseUrl }: { readonly databaseUrl: string }): Promise<string[]> {
  const client = connect(PrismaClient, { url: databaseUrl, poolSize: 1, applicationName: 'marquee-support-seed' });
  try {
    await seedOnce(client);
  } finally {
    await client.$disconnect();
  }
  return [];
}

async function seedOnce(client: SqlDatabase & SqlTransaction): Promise<void> {
  const store = new SeedRepository(client);
  if (await store.isSeeded()) return;
  await client.$sqlTransaction(async (tx) => {
    await new AgentRepository(tx).setDuty('usr_seed_agent', true);
    const inserted = new SeedRepository(tx);
    await inserted.addCases(seedCases(new Date(), new Calendars()));
    await inserted.addArticles(ARTICLES);
  });
}

import { connect } from '@marquee/database';
import { PrismaClient } from '@marquee/prisma-ratings';

import { SeedRepository } from './adapters/seed.ts';
import { seedReviews } from './seed/seed-reviews.ts';

/** Adds the reviews of the seeded customers, once. */
export async function seed({ databaseUrl }: { readonly databaseUrl: string }): Promise<string[]> {
  const client = connect(PrismaClient, { url: databaseUrl, poolSize: 1, applicationName: 'marquee-ratings-seed' });
  try {
    const store = new SeedRepository(client);
    if (!(await store.isSeeded())) await store.add(seedReviews(new Date()));
  } finally {
    await client.$disconnect();
  }
  return [];
}

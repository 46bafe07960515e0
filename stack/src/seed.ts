import { seedAccounts } from '@marquee/accounts';
import { seedCatalog } from '@marquee/catalog';
import type { Domain } from './domains.ts';

/** Fills the databases with what a newcomer wants to find; what is there stays as it is. */
export async function seed(databaseUrls: Record<Domain, string>): Promise<void> {
  await Promise.all([
    seedAccounts({ databaseUrl: databaseUrls.accounts }),
    seedCatalog({ databaseUrl: databaseUrls.catalog }),
  ]);
}

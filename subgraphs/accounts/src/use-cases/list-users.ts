import type { LatestPage } from '@marquee/subgraph';

import type { User } from '../domain/user.ts';

export interface ListUsersDeps {
  readonly users: { page(search: string | null, page: LatestPage): Promise<User[]> };
  /** Puts the listing into the audit log. */
  readonly recordListing: (actorId: string, detail: string) => Promise<void>;
}

/** A page of all accounts. The listing is in the audit log before anything is read; what was searched for is not. */
export async function listUsers(
  { users, recordListing }: ListUsersDeps,
  { actorId, search, page }: { actorId: string; search: string | null; page: LatestPage },
): Promise<User[]> {
  const which = search === null ? 'of all accounts' : 'of accounts that match a search';
  await recordListing(actorId, `${page.after === null ? 'First page' : 'Another page'} ${which}`);
  return users.page(search, page);
}

import { userIdOf } from '@marquee/subgraph';

import type { Context } from '../context.ts';
import type { Organisation } from '../mappers.ts';

/** An organisation as the caller sees it; null when there is none. */
export async function organisationFor(id: string, { caller, loaders }: Context): Promise<Organisation | null> {
  const userId = userIdOf(caller);
  const [organisation, memberships] = await Promise.all([
    loaders.organisations.load(id),
    userId === null ? [] : loaders.membershipsByUser.load(userId),
  ]);
  const own = memberships.find(({ organisationId }) => organisationId === id);
  return organisation && { ...organisation, callerRole: own?.role ?? null };
}

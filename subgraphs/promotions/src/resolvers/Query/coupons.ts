import { type Caller, latestConnection, latestPage } from '@marquee/subgraph';

import { managedOrganisations, requireManager } from '../../access.ts';
import type { Deps } from '../../deps.ts';
import type { QueryResolvers } from '../../generated/resolvers.ts';

export const coupons: QueryResolvers['coupons'] = async (_parent, args, { caller, deps }) => {
  const page = latestPage(args);
  const organisationIds = await listed(deps, caller, args.organisationId ?? null);
  const found = await deps.coupons.page({ ...page, organisationIds, activeOnly: args.activeOnly ?? false });
  return latestConnection(found, page);
};

/** The organisations whose coupons are listed; null for all coupons. */
async function listed(deps: Deps, caller: Caller, organisationId: string | null): Promise<readonly string[] | null> {
  if (organisationId === null) return managedOrganisations(deps, caller);
  await requireManager(deps, caller, organisationId);
  return [organisationId];
}

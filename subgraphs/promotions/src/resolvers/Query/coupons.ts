import { latestConnection, latestPage } from '@marquee/subgraph';

import { requireManager } from '../../access.ts';
import type { QueryResolvers } from '../../generated/resolvers.ts';

export const coupons: QueryResolvers['coupons'] = async (_parent, args, { caller, deps }) => {
  const organisationId = args.organisationId ?? null;
  await requireManager(deps, caller, organisationId);
  const page = latestPage(args);
  const found = await deps.coupons.page({ ...page, organisationId, activeOnly: args.activeOnly ?? false });
  return latestConnection(found, page);
};

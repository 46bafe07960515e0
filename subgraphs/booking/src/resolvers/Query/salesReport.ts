import { reportedOrganisations } from '../../access.ts';
import type { QueryResolvers } from '../../generated/resolvers.ts';
import { reportSales } from '../../use-cases/report-sales.ts';

export const salesReport: QueryResolvers['salesReport'] = async (
  _parent,
  { organisationId = null, ...args },
  { caller, deps },
) => {
  const organisationIds = await reportedOrganisations(deps, caller, organisationId);
  const rows = await reportSales(deps, { ...args, venueId: args.venueId ?? null, organisationIds });
  return { rows: rows.map((row) => ({ ...row, groupBy: args.groupBy })) };
};

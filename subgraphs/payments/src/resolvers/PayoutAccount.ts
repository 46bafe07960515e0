import { latestConnection, latestPage } from '@marquee/subgraph';

import { nextPayoutAt } from '../domain/payout.ts';
import type { PayoutAccountResolvers } from '../generated/resolvers.ts';

export const PayoutAccount: PayoutAccountResolvers = {
  nextPayoutAt: (_account, _args, { deps }) => nextPayoutAt(deps.now()),
  entries: async ({ organisationId, currency }, args, { loaders }) => {
    const page = latestPage(args);
    return latestConnection(await loaders.payoutEntriesByOrganisation(currency, page).load(organisationId), page);
  },
  payouts: async ({ organisationId, currency }, _args, { loaders }) =>
    loaders.payoutsByOrganisation(currency).load(organisationId),
};

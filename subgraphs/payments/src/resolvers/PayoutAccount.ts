import { latestConnection, latestPage } from '@marquee/subgraph';

import { nextPayoutAt, type PayoutBalance } from '../domain/payout.ts';
import type { PayoutAccountResolvers } from '../generated/resolvers.ts';

/** The account of an organisation in one currency. */
export interface PayoutAccount extends PayoutBalance {
  readonly organisationId: string;
  readonly currency: string;
  readonly currencies: readonly string[];
}

const MAX_PAYOUTS = 50;

export const PayoutAccount: PayoutAccountResolvers = {
  nextPayoutAt: (_account, _args, { deps }) => nextPayoutAt(deps.now()),
  entries: async ({ organisationId, currency }, args, { deps }) => {
    const page = latestPage(args);
    return latestConnection(await deps.payoutAccounts.entries(organisationId, currency, page), page);
  },
  payouts: ({ organisationId, currency }, _args, { deps }) =>
    deps.payouts.latest(organisationId, currency, MAX_PAYOUTS),
};

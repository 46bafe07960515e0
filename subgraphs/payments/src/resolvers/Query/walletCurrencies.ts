import type { QueryResolvers } from '../../generated/resolvers.ts';

export const walletCurrencies: QueryResolvers['walletCurrencies'] = (_parent, { userIds }, { deps }) =>
  deps.wallets.currenciesOf(userIds);

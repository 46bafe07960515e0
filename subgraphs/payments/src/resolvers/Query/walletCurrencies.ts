import type { QueryResolvers } from '../../generated/resolvers.ts';

export const walletCurrencies: QueryResolvers['walletCurrencies'] = async (_parent, { userIds }, { deps }) => {
  const wallets = await deps.wallets.ofCustomers(userIds);
  return wallets.map(({ customerId: userId, currency }) => ({ userId, currency }));
};

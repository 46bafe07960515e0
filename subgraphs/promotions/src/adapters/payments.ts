import type { ServiceCalls } from '@marquee/subgraph';

const QUERY = 'query WalletCurrencies($userIds: [ID!]!) { walletCurrencies(userIds: $userIds) { userId currency } }';

/** The currency of people's wallets, by their ids. */
export type FindWalletCurrencies = (userIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;

/** Asks payments under promotions' service identity. */
export function findWalletCurrencies(calls: ServiceCalls): FindWalletCurrencies {
  return async (userIds) => {
    const { walletCurrencies } = await calls.query<{
      walletCurrencies: readonly { readonly userId: string; readonly currency: string }[];
    }>('payments', { query: QUERY, variables: { userIds } });
    return new Map(walletCurrencies.map(({ userId, currency }) => [userId, currency]));
  };
}

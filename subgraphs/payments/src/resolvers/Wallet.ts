import { connection, type CursorKey, invalidCursor, pageArguments } from '@marquee/subgraph';

import { balanceIn } from '../domain/wallet.ts';
import type { WalletResolvers } from '../generated/resolvers.ts';

export const Wallet: WalletResolvers = {
  balance: (wallet) => balanceIn(wallet, wallet.currency),
  transactions: async ({ customerId }, args, { deps }) => {
    const page = pageArguments(args, 1);
    const before = page.after && positionIn(page.after);
    const found = await deps.wallets.transactions({ customerId, limit: page.limit, before });
    return connection(found, page, ({ position }) => [position]);
  },
};

function positionIn([position]: CursorKey): number {
  if (typeof position !== 'number' || !Number.isSafeInteger(position)) throw invalidCursor();
  return position;
}

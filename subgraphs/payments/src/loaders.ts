import DataLoader from 'dataloader';

import type { Payment } from './domain/payment.ts';
import type { Payments, SavedCards, Wallets } from './domain/ports.ts';
import type { SavedCard } from './domain/saved-card.ts';
import type { Wallet } from './domain/wallet.ts';

/** Batched reads of one request: one statement for each kind. */
export interface Loaders {
  readonly payments: DataLoader<string, Payment | null>;
  readonly paymentsByBooking: DataLoader<string, readonly Payment[]>;
  readonly cardsByCustomer: DataLoader<string, readonly SavedCard[]>;
  readonly walletByCustomer: DataLoader<string, Wallet>;
}

export interface LoaderDeps {
  readonly payments: Payments;
  readonly cards: SavedCards;
  readonly wallets: Wallets;
}

export function loaders({ payments, cards, wallets }: LoaderDeps): Loaders {
  return {
    payments: new DataLoader(async (ids) => {
      const found = new Map((await payments.findMany(ids)).map((payment) => [payment.id, payment]));
      return ids.map((id) => found.get(id) ?? null);
    }),
    paymentsByBooking: new DataLoader(async (ids) =>
      grouped(ids, await payments.ofBookings(ids), ({ bookingId }) => bookingId),
    ),
    cardsByCustomer: new DataLoader(async (ids) =>
      grouped(ids, await cards.ofCustomers(ids), ({ customerId }) => customerId),
    ),
    walletByCustomer: new DataLoader(async (ids) => {
      const found = new Map((await wallets.ofCustomers(ids)).map((wallet) => [wallet.customerId, wallet]));
      return ids.map((id) => found.get(id) ?? new Error(`No wallet was read for ${id}`));
    }),
  };
}

function grouped<Item>(
  ids: readonly string[],
  found: readonly Item[],
  keyOf: (item: Item) => string | null,
): readonly (readonly Item[])[] {
  const groups = new Map<string | null, Item[]>(ids.map((id) => [id, []]));
  for (const item of found) groups.get(keyOf(item))?.push(item);
  return ids.map((id) => groups.get(id) ?? []);
}

import DataLoader from 'dataloader';

import type { Payment } from './domain/payment.ts';
import type { SavedCard } from './domain/saved-card.ts';
import type { Wallet } from './domain/wallet.ts';
import type { PaymentRepository } from './adapters/payments.ts';
import type { SavedCardRepository } from './adapters/saved-cards.ts';
import type { WalletRepository } from './adapters/wallets.ts';

/** What one request reads: each kind by one statement, however often it is asked for. */
export interface PaymentsLoaders {
  readonly payments: DataLoader<string, Payment | null>;
  /** By booking. */
  readonly ofBookings: DataLoader<string, readonly Payment[]>;
  /** By customer. */
  readonly cards: DataLoader<string, readonly SavedCard[]>;
  /** By customer. */
  readonly wallets: DataLoader<string, Wallet>;
}

export interface LoaderRepositories {
  readonly payments: PaymentRepository;
  readonly cards: SavedCardRepository;
  readonly wallets: WalletRepository;
}

export function paymentsLoaders({ payments, cards, wallets }: LoaderRepositories): PaymentsLoaders {
  return {
    payments: new DataLoader(async (ids) => {
      const found = new Map((await payments.findMany(ids)).map((payment) => [payment.id, payment]));
      return ids.map((id) => found.get(id) ?? null);
    }),
    ofBookings: new DataLoader(async (ids) => grouped(ids, await payments.ofBookings(ids), (item) => item.bookingId)),
    cards: new DataLoader(async (ids) => grouped(ids, await cards.ofCustomers(ids), (item) => item.customerId)),
    wallets: new DataLoader(async (ids) => {
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

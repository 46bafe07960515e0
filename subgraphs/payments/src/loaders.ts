import { byId, byKey, groupedBy } from '@marquee/subgraph';
import type DataLoader from 'dataloader';

import type { Deps } from './deps.ts';
import type { Payment } from './domain/payment.ts';
import type { Refund } from './domain/refund.ts';
import type { SavedCard } from './domain/saved-card.ts';
import type { Wallet } from './domain/wallet.ts';

export interface Loaders {
  readonly payments: DataLoader<string, Payment | null>;
  readonly paymentsByBooking: DataLoader<string, readonly Payment[]>;
  readonly refundsByPayment: DataLoader<string, readonly Refund[]>;
  readonly cardsByCustomer: DataLoader<string, readonly SavedCard[]>;
  readonly walletByCustomer: DataLoader<string, Wallet | null>;
}

export function loaders({ payments, cards, wallets }: Pick<Deps, 'payments' | 'cards' | 'wallets'>): Loaders {
  return {
    payments: byId((ids) => payments.findMany(ids)),
    paymentsByBooking: groupedBy(
      (bookingIds) => payments.ofBookings(bookingIds),
      ({ bookingId }) => bookingId,
    ),
    refundsByPayment: groupedBy(
      (paymentIds) => payments.refundsOf(paymentIds),
      ({ paymentId }) => paymentId,
    ),
    cardsByCustomer: groupedBy(
      (customerIds) => cards.ofCustomers(customerIds),
      ({ customerId }) => customerId,
    ),
    walletByCustomer: byKey(
      (customerIds) => wallets.ofCustomers(customerIds),
      ({ customerId }) => customerId,
    ),
  };
}

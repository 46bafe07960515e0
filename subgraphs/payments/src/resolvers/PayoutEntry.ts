import type { PayoutEntry as Entry } from '../domain/payout.ts';
import type { PayoutEntryResolvers } from '../generated/resolvers.ts';
import { bookingOf } from './booking-of.ts';

const DESCRIPTIONS: Readonly<Record<Entry['kind'], string>> = {
  SALE: 'Seats sold',
  REFUND: 'Seats refunded',
  PAYOUT: 'Payout to your bank account',
  PAYOUT_RETURNED: 'Payout returned by the bank',
};

export const PayoutEntry: PayoutEntryResolvers = {
  at: ({ createdAt }) => createdAt,
  description: ({ kind }) => DESCRIPTIONS[kind],
  booking: bookingOf,
};

import type { WalletTransactionResolvers } from '../generated/resolvers.ts';
import { bookingOf } from './booking-of.ts';

export const WalletTransaction: WalletTransactionResolvers = {
  booking: bookingOf,
};

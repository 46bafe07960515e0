import { everyone, ownerOr, type Permissions, signedIn } from '@marquee/subgraph';

import { customerOf, READ_PAYMENTS_SCOPE, READ_USERS_SCOPE } from './access.ts';
import type { UserReference } from './domain/references.ts';

const payer = ownerOr(READ_PAYMENTS_SCOPE, customerOf);
const self = ownerOr(READ_USERS_SCOPE, ({ id }: UserReference) => id);

/** Payments, wallets and cards are visible to their owner and to support. Types below a guarded field need no guard. */
export const permissions: Permissions = {
  Mutation: { payBooking: signedIn, savePaymentMethod: signedIn, topUpWallet: signedIn },
  Subscription: { paymentStatusChanged: signedIn },
  Booking: { id: everyone, payments: signedIn },
  User: { id: everyone, paymentMethods: self, wallet: self },
  Payment: {
    id: everyone,
    status: payer,
    method: payer,
    amount: payer,
    actionUrl: payer,
    booking: payer,
    createdAt: payer,
  },
  PaymentMethod: everyone,
  Wallet: everyone,
  WalletTransaction: everyone,
  WalletTransactionConnection: everyone,
  WalletTransactionEdge: everyone,
  PaymentStatusChange: everyone,
  PayBookingPayload: everyone,
  SavePaymentMethodPayload: everyone,
  TopUpWalletPayload: everyone,
  PaymentDeclinedError: everyone,
  BookingNotPayableError: everyone,
  InsufficientWalletBalanceError: everyone,
  CardRejectedError: everyone,
  PaymentProviderUnavailableError: everyone,
};

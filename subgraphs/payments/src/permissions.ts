import { everyone, ownerOr, type Permissions, signedIn } from '@marquee/subgraph';

import type { Payment } from './domain/payment.ts';
import type { UserReference } from './domain/references.ts';

/** What lets support see others' payments. */
export const SEE_PAYMENTS = 'payments:refund';

const payer = ownerOr(SEE_PAYMENTS, ({ customerId }: Payment) => customerId);
const oneself = ownerOr('users:read', ({ id }: UserReference) => id);

/** Money is its owner's and the support's to see. What hangs below a guarded field needs no guard of its own. */
export const permissions: Permissions = {
  Mutation: { payBooking: signedIn, savePaymentMethod: signedIn, topUpWallet: signedIn },
  Subscription: { paymentStatusChanged: signedIn },
  Booking: { id: everyone, payments: signedIn },
  User: { id: everyone, paymentMethods: oneself, wallet: oneself },
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

import type { Resolvers } from '../generated/resolvers.ts';
import { Booking } from './Booking.ts';
import { payBooking } from './Mutation/payBooking.ts';
import { savePaymentMethod } from './Mutation/savePaymentMethod.ts';
import { topUpWallet } from './Mutation/topUpWallet.ts';
import { Payment } from './Payment.ts';
import { PaymentMethod } from './PaymentMethod.ts';
import { paymentStatusChanged } from './Subscription/paymentStatusChanged.ts';
import { User } from './User.ts';
import { Wallet } from './Wallet.ts';
import { WalletTransaction } from './WalletTransaction.ts';

export const resolvers: Resolvers = {
  Mutation: { payBooking, savePaymentMethod, topUpWallet },
  Subscription: { paymentStatusChanged },
  Booking,
  Payment,
  PaymentMethod,
  User,
  Wallet,
  WalletTransaction,
};

import { resultOf } from '@marquee/errors';

import {
  BookingNotPayableError,
  InsufficientWalletBalanceError,
  PaymentDeclinedError,
  PaymentProviderUnavailableError,
} from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import { customerOf } from '../viewer.ts';

const EXPECTED = [
  PaymentDeclinedError,
  BookingNotPayableError,
  InsufficientWalletBalanceError,
  PaymentProviderUnavailableError,
];

export const payBooking: MutationResolvers['payBooking'] = (_parent, { input }, { caller, payments }) =>
  resultOf(EXPECTED, async () => ({
    __typename: 'PayBookingPayload' as const,
    payment: await payments.payBooking({ ...input, customerId: customerOf(caller) }),
  }));

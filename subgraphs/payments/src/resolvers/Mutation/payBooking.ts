import { resultOf } from '@marquee/errors';
import { AccountRestrictedError, requireUserCaller } from '@marquee/subgraph';

import {
  BookingNotPayableError,
  InsufficientWalletBalanceError,
  PaymentDeclinedError,
  PaymentProviderUnavailableError,
} from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/pay-booking.ts';

const EXPECTED = [
  AccountRestrictedError,
  PaymentDeclinedError,
  BookingNotPayableError,
  InsufficientWalletBalanceError,
  PaymentProviderUnavailableError,
];

export const payBooking: MutationResolvers['payBooking'] = (_parent, { input }, { caller, deps }) =>
  resultOf(EXPECTED, async () => ({
    __typename: 'PayBookingPayload' as const,
    payment: await useCase.payBooking(deps, { ...input, caller: requireUserCaller(caller) }),
  }));

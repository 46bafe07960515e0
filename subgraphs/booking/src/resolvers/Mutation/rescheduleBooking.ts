import { resultOf } from '@marquee/errors';
import { AccountRestrictedError } from '@marquee/subgraph';

import { requireBuyer } from '../../access.ts';
import {
  AdmissionRequiredError,
  RescheduleClosedError,
  SeatLimitExceededError,
  SeatUnavailableError,
  ShowClosedError,
} from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/reschedule-booking.ts';

export const rescheduleBooking: MutationResolvers['rescheduleBooking'] = (_parent, { input }, { caller, deps }) =>
  resultOf(
    [
      AccountRestrictedError,
      AdmissionRequiredError,
      RescheduleClosedError,
      SeatUnavailableError,
      SeatLimitExceededError,
      ShowClosedError,
    ],
    async () => ({
      __typename: 'RescheduleBookingPayload' as const,
      ...(await useCase.rescheduleBooking(deps, { ...input, ...requireBuyer(caller) })),
    }),
  );

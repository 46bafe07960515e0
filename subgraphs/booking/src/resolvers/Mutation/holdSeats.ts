import { resultOf } from '@marquee/errors';
import { AccountRestrictedError } from '@marquee/subgraph';

import { requireBuyer } from '../../access.ts';
import {
  AdmissionRequiredError,
  HoldTimeExceededError,
  SeatLimitExceededError,
  SeatUnavailableError,
  ShowClosedError,
} from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/hold-seats.ts';

export const holdSeats: MutationResolvers['holdSeats'] = (_parent, { input }, { caller, deps }) =>
  resultOf(
    [
      AccountRestrictedError,
      AdmissionRequiredError,
      HoldTimeExceededError,
      SeatLimitExceededError,
      SeatUnavailableError,
      ShowClosedError,
    ],
    async () => ({
      __typename: 'HoldSeatsPayload' as const,
      hold: await useCase.holdSeats(deps, { ...input, ...requireBuyer(caller) }),
    }),
  );

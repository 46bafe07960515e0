import { resultOf } from '@marquee/errors';
import { AccountRestrictedError } from '@marquee/subgraph';

import { requireBuyer } from '../../access.ts';
import {
  AdmissionRequiredError,
  HoldTimeExceededError,
  NotEnoughSeatsError,
  SeatLimitExceededError,
  ShowClosedError,
} from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/hold-best-available.ts';

export const holdBestAvailable: MutationResolvers['holdBestAvailable'] = (_parent, { input }, { caller, deps }) =>
  resultOf(
    [
      AccountRestrictedError,
      AdmissionRequiredError,
      HoldTimeExceededError,
      NotEnoughSeatsError,
      SeatLimitExceededError,
      ShowClosedError,
    ],
    async () => ({
      __typename: 'HoldSeatsPayload' as const,
      hold: await useCase.holdBestAvailable(deps, { ...input, ...requireBuyer(caller) }),
    }),
  );

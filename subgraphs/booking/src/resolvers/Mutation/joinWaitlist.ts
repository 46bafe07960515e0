import { resultOf } from '@marquee/errors';
import { AccountRestrictedError } from '@marquee/subgraph';

import { requireBuyer } from '../../access.ts';
import {
  AdmissionRequiredError,
  AlreadyWaitingError,
  SeatLimitExceededError,
  SeatsAvailableError,
  ShowClosedError,
} from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/join-waitlist.ts';

export const joinWaitlist: MutationResolvers['joinWaitlist'] = (_parent, { input }, { caller, deps }) =>
  resultOf(
    [
      AccountRestrictedError,
      AdmissionRequiredError,
      AlreadyWaitingError,
      SeatLimitExceededError,
      SeatsAvailableError,
      ShowClosedError,
    ],
    async () => ({
      __typename: 'JoinWaitlistPayload' as const,
      entry: await useCase.joinWaitlist(deps, { ...input, ...requireBuyer(caller) }),
    }),
  );

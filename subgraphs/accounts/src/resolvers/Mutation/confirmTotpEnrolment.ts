import { resultOf } from '@marquee/errors';
import { requireUserCaller } from '@marquee/subgraph';

import { InvalidSecondFactorError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/confirm-totp-enrolment.ts';

export const confirmTotpEnrolment: MutationResolvers['confirmTotpEnrolment'] = (_parent, { code }, { caller, deps }) =>
  resultOf([InvalidSecondFactorError], async () => ({
    __typename: 'ConfirmTotpEnrolmentPayload' as const,
    recoveryCodes: await useCase.confirmTotpEnrolment(deps, { caller: requireUserCaller(caller), code }),
  }));

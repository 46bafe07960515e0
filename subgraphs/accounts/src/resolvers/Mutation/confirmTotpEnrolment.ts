import { resultOf } from '@marquee/errors';
import { InvalidSecondFactorError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import { signedInCaller } from '../signed-in-caller.ts';

export const confirmTotpEnrolment: MutationResolvers['confirmTotpEnrolment'] = (
  _parent,
  { code },
  { accounts, caller },
) =>
  resultOf([InvalidSecondFactorError], async () => ({
    __typename: 'ConfirmTotpEnrolmentPayload' as const,
    recoveryCodes: await accounts.confirmTotpEnrolment({ userId: signedInCaller(caller).userId, code }),
  }));

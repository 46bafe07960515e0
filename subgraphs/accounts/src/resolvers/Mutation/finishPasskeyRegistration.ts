import { resultOf } from '@marquee/errors';
import { requireUserCaller } from '@marquee/subgraph';

import { InvalidPasskeyError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/finish-passkey-registration.ts';

export const finishPasskeyRegistration: MutationResolvers['finishPasskeyRegistration'] = (
  _parent,
  { input: { challengeId, response, name = null } },
  { caller, deps },
) =>
  resultOf([InvalidPasskeyError], async () => {
    const answer = { caller: requireUserCaller(caller), challengeId, response, name };
    return {
      __typename: 'FinishPasskeyRegistrationPayload' as const,
      passkey: await useCase.finishPasskeyRegistration(deps, answer),
    };
  });

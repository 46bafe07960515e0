import { resultOf } from '@marquee/errors';
import { requireUserCaller } from '@marquee/subgraph';

import { IncorrectPasswordError, InvalidPasskeyError, InvalidSecondFactorError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/confirm-identity.ts';

export const confirmIdentity: MutationResolvers['confirmIdentity'] = (_parent, { input }, { caller, deps, device }) =>
  resultOf([IncorrectPasswordError, InvalidSecondFactorError, InvalidPasskeyError], async () => {
    const proof = { session: requireUserCaller(caller), device };
    const { password = null, code = null, passkey = null } = input;
    return {
      __typename: 'ConfirmIdentityPayload' as const,
      ...(await useCase.confirmIdentity(deps, { ...proof, password, code, passkey })),
    };
  });

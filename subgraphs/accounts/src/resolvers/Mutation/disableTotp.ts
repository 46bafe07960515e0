import { resultOf } from '@marquee/errors';
import { requireUserCaller } from '@marquee/subgraph';

import { InvalidSecondFactorError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/disable-totp.ts';

export const disableTotp: MutationResolvers['disableTotp'] = (_parent, { code }, { caller, deps }) =>
  resultOf([InvalidSecondFactorError], async () => ({
    __typename: 'DisableTotpPayload' as const,
    user: await useCase.disableTotp(deps, { session: requireUserCaller(caller), code }),
  }));

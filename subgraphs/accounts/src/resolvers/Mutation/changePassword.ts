import { resultOf } from '@marquee/errors';
import { requireUserCaller } from '@marquee/subgraph';

import { IncorrectPasswordError, WeakPasswordError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/change-password.ts';

export const changePassword: MutationResolvers['changePassword'] = (_parent, { input }, { caller, deps, device }) =>
  resultOf([IncorrectPasswordError, WeakPasswordError], async () => ({
    __typename: 'ChangePasswordPayload' as const,
    revokedSessionIds: await useCase.changePassword(deps, { ...input, caller: requireUserCaller(caller), device }),
  }));

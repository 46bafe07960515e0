import { resultOf } from '@marquee/errors';
import { requireUserCaller } from '@marquee/subgraph';

import { IncorrectPasswordError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/change-email.ts';

export const changeEmail: MutationResolvers['changeEmail'] = (_parent, { input }, { caller, deps, device }) =>
  resultOf([IncorrectPasswordError], async () => ({
    __typename: 'ChangeEmailPayload' as const,
    pendingEmail: await useCase.changeEmail(deps, { ...input, caller: requireUserCaller(caller), device }),
  }));

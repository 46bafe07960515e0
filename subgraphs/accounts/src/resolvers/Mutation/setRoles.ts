import { resultOf } from '@marquee/errors';
import { requireUserCaller } from '@marquee/subgraph';

import { LastAdministratorError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/administer-account.ts';

export const setRoles: MutationResolvers['setRoles'] = (_parent, { userId, roles }, { caller, deps }) =>
  resultOf([LastAdministratorError], async () => ({
    __typename: 'SetRolesPayload' as const,
    user: await useCase.setRoles(deps, { caller: requireUserCaller(caller), userId, roles }),
  }));

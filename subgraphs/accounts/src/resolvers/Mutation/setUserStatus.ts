import { resultOf } from '@marquee/errors';
import { requireUserCaller } from '@marquee/subgraph';

import { LastAdministratorError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import { setStatus } from '../../use-cases/administer-account.ts';

export const setUserStatus: MutationResolvers['setUserStatus'] = (_parent, { userId, ...change }, { caller, deps }) =>
  resultOf([LastAdministratorError], async () => ({
    __typename: 'SetUserStatusPayload' as const,
    user: await setStatus(deps, { caller: requireUserCaller(caller), userId, ...change }),
  }));

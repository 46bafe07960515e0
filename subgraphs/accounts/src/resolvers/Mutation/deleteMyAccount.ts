import { resultOf } from '@marquee/errors';
import { requireUserCaller } from '@marquee/subgraph';

import { IncorrectPasswordError, LastAdministratorError, LastOwnerError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import { eraseAccount } from '../../use-cases/erase-account.ts';

export const deleteMyAccount: MutationResolvers['deleteMyAccount'] = (
  _parent,
  { password },
  { caller, deps, device },
) =>
  resultOf([IncorrectPasswordError, LastAdministratorError, LastOwnerError], async () => ({
    __typename: 'DeleteMyAccountPayload' as const,
    erasedUserId: await eraseAccount(deps, { caller: requireUserCaller(caller), device, password }),
  }));

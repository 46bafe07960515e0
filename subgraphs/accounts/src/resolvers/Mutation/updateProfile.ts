import { resultOf } from '@marquee/errors';
import { requireUser } from '@marquee/subgraph';

import { UnknownCityError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/update-profile.ts';

export const updateProfile: MutationResolvers['updateProfile'] = (_parent, { input }, { caller, deps }) =>
  resultOf([UnknownCityError], async () => ({
    __typename: 'UpdateProfilePayload' as const,
    user: await useCase.updateProfile(deps, { ...input, userId: requireUser(caller) }),
  }));

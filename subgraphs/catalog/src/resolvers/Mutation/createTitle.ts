import { resultOf } from '@marquee/errors';
import { requireUser } from '@marquee/subgraph';

import { TitleExistsError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/create-title.ts';

export const createTitle: MutationResolvers['createTitle'] = (_parent, { input }, { caller, deps }) =>
  resultOf([TitleExistsError], async () => ({
    __typename: 'CreateTitlePayload' as const,
    title: await useCase.createTitle(deps, { ...input, userId: requireUser(caller) }),
  }));

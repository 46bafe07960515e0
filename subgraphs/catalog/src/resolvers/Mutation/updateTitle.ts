import { resultOf } from '@marquee/errors';

import { TitleExistsError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/update-title.ts';

export const updateTitle: MutationResolvers['updateTitle'] = (_parent, { input }, { caller, deps }) =>
  resultOf([TitleExistsError], async () => ({
    __typename: 'UpdateTitlePayload' as const,
    title: await useCase.updateTitle(deps, { ...input, caller }),
  }));

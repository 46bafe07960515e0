import { resultOf } from '@marquee/errors';

import { ScreenConflictError, ShowNotUpcomingError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/update-show.ts';

export const updateShow: MutationResolvers['updateShow'] = (_parent, { input }, { caller, deps }) =>
  resultOf([ScreenConflictError, ShowNotUpcomingError], async () => ({
    __typename: 'UpdateShowPayload' as const,
    ...(await useCase.updateShow(deps, { ...input, caller })),
  }));

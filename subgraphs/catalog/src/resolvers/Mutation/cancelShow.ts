import { resultOf } from '@marquee/errors';

import { ShowNotUpcomingError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/cancel-show.ts';

export const cancelShow: MutationResolvers['cancelShow'] = (_parent, args, { caller, deps }) =>
  resultOf([ShowNotUpcomingError], async () => ({
    __typename: 'CancelShowPayload' as const,
    show: await useCase.cancelShow(deps, { ...args, caller }),
  }));

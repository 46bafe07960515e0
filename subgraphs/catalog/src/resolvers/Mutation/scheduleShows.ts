import { resultOf } from '@marquee/errors';

import { ScreenConflictError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/schedule-shows.ts';

export const scheduleShows: MutationResolvers['scheduleShows'] = (_parent, { input }, { caller, deps }) =>
  resultOf([ScreenConflictError], async () => ({
    __typename: 'ScheduleShowsPayload' as const,
    shows: await useCase.scheduleShows(deps, { ...input, caller }),
  }));

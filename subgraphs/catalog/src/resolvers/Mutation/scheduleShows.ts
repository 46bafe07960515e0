import { resultOf } from '@marquee/errors';

import { ScreenConflictError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import { actorOf } from '../actor.ts';

export const scheduleShows: MutationResolvers['scheduleShows'] = (_parent, { input }, { caller, catalog }) =>
  resultOf([ScreenConflictError], async () => ({
    __typename: 'ScheduleShowsPayload' as const,
    shows: await catalog.scheduleShows(actorOf(caller), input),
  }));

import { resultOf } from '@marquee/errors';

import { VenueExistsError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import { actorOf } from '../actor.ts';

export const createVenue: MutationResolvers['createVenue'] = (_parent, { input }, { caller, catalog }) =>
  resultOf([VenueExistsError], async () => ({
    __typename: 'CreateVenuePayload' as const,
    venue: await catalog.createVenue(actorOf(caller), input),
  }));

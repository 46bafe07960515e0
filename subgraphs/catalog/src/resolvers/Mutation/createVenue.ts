import { resultOf } from '@marquee/errors';
import { requireUser } from '@marquee/subgraph';

import { VenueExistsError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/create-venue.ts';

export const createVenue: MutationResolvers['createVenue'] = (_parent, { input }, { caller, deps }) =>
  resultOf([VenueExistsError], async () => ({
    __typename: 'CreateVenuePayload' as const,
    venue: await useCase.createVenue(deps, { ...input, userId: requireUser(caller) }),
  }));

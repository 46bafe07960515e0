import { resultOf } from '@marquee/errors';

import { VenueExistsError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/update-venue.ts';

export const updateVenue: MutationResolvers['updateVenue'] = (_parent, { input }, { caller, deps }) =>
  resultOf([VenueExistsError], async () => ({
    __typename: 'UpdateVenuePayload' as const,
    venue: await useCase.updateVenue(deps, { ...input, caller }),
  }));

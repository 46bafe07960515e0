import { resultOf } from '@marquee/errors';

import { requirePartner } from '../../access.ts';
import { SlugTakenError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/create-organisation.ts';

export const createOrganisation: MutationResolvers['createOrganisation'] = (_parent, { input }, { caller, deps }) =>
  resultOf([SlugTakenError], async () => ({
    __typename: 'CreateOrganisationPayload' as const,
    organisation: {
      ...(await useCase.createOrganisation(deps, { ...input, ownerId: requirePartner(caller) })),
      callerRole: 'OWNER' as const,
    },
  }));

import { badInput } from '@marquee/errors';
import { isCurrency } from '@marquee/money';
import { userIdOf } from '@marquee/subgraph';

import type { OrganisationResolvers } from '../generated/resolvers.ts';

export const Organisation: OrganisationResolvers = {
  __resolveReference: async ({ id }, { caller, loaders }) => {
    const userId = userIdOf(caller);
    const roles = userId === null ? [] : await loaders.organisationRoles.load(userId);
    return { id, callerRole: roles.find(({ organisationId }) => organisationId === id)?.role ?? null };
  },
  payoutAccount: ({ id }, { currency }, { loaders }) => {
    if (typeof currency === 'string' && !isCurrency(currency))
      throw badInput('currency', 'Enter an ISO 4217 currency code.');
    return loaders.payoutAccountByOrganisation(currency ?? null).load(id);
  },
};

import { everyone, type Permissions, service } from '@marquee/subgraph';

import { member, owner, ownerOrReader } from './access.ts';

export const permissions: Permissions = {
  Query: { organisationRoles: service('booking', 'catalog', 'payments'), people: service('booking') },
  Mutation: {
    register: everyone,
    login: everyone,
    answerSecondFactor: everyone,
    refreshSession: everyone,
    verifyEmail: everyone,
    requestPasswordReset: everyone,
    resetPassword: everyone,
  },
  Organisation: { name: everyone, slug: everyone, country: everyone, members: member },
  User: { displayName: everyone, email: ownerOrReader, emailVerified: ownerOrReader, '*': owner },
};

import { anyOf, everyone, GATEWAY_SERVICE, ownerOnly, type Permissions, service } from '@marquee/subgraph';

import { addressReader, appointer, delivery, member, owner, ownerOrAdministrator, ownerOrReader } from './access.ts';
import type { User } from './mappers.ts';

export const permissions: Permissions = {
  Query: {
    organisationRoles: service(GATEWAY_SERVICE, 'ads', 'booking', 'catalog', 'payments', 'promotions', 'ratings'),
    people: service('booking', 'feed', 'notifications', 'promotions', 'support'),
    signInProviders: everyone,
  },
  Mutation: {
    register: everyone,
    login: everyone,
    answerSecondFactor: everyone,
    startPasskeyLogin: everyone,
    finishPasskeyLogin: everyone,
    finishProviderSignIn: everyone,
    refreshSession: everyone,
    verifyEmail: everyone,
    requestPasswordReset: everyone,
    resetPassword: everyone,
  },
  Organisation: { name: everyone, slug: everyone, country: everyone, members: member, invitations: appointer },
  User: {
    displayName: everyone,
    email: anyOf(addressReader, delivery),
    emailVerified: anyOf(ownerOrReader, delivery, service('promotions')),
    locale: anyOf(owner, delivery, service('feed')),
    timeZone: anyOf(owner, delivery),
    homeCity: anyOf(owner, service('support')),
    secondFactors: ownerOrAdministrator,
    sessions: ownerOrAdministrator,
    passkeys: ownerOrAdministrator,
    linkedProviders: ownerOrAdministrator,
    dataExports: ownerOnly(({ id }: User) => id),
    '*': owner,
  },
  City: { '*': everyone },
};

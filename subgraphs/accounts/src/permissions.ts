import { everyone, type Permissions } from '@marquee/subgraph';

import { owner, ownerOrReader } from './access.ts';

export const permissions: Permissions = {
  Mutation: {
    register: everyone,
    login: everyone,
    answerSecondFactor: everyone,
    refreshSession: everyone,
    verifyEmail: everyone,
    requestPasswordReset: everyone,
    resetPassword: everyone,
  },
  User: { displayName: everyone, email: ownerOrReader, emailVerified: ownerOrReader, '*': owner },
};

import type { UserResolvers } from '../generated/resolvers.ts';

export const User: UserResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.users.load(id),
  emailVerified: ({ emailVerifiedAt }) => emailVerifiedAt !== null,
  sessions: ({ id }, _args, { loaders }) => loaders.sessionsByUser.load(id),
};

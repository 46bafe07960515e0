import type { UserResolvers } from '../generated/resolvers.ts';

export const User: UserResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.users.load(id),
  emailVerified: ({ emailVerifiedAt }) => emailVerifiedAt !== null,
  secondFactors: async ({ id }, _args, { loaders }) =>
    (await loaders.secondFactorsByUser.load(id)).map(({ kind }) => kind),
  homeCity: ({ homeCityId: id }) => (id === null ? null : { __typename: 'City', id }),
  dataExports: ({ id }, _args, { loaders }) => loaders.dataExportsByUser.load(id),
  organisations: ({ id }, _args, { loaders }) => loaders.membershipsByUser.load(id),
  passkeys: ({ id }, _args, { loaders }) => loaders.passkeysByUser.load(id),
  linkedProviders: ({ id }, _args, { loaders }) => loaders.identitiesByUser.load(id),
  sessions: ({ id }, _args, { loaders }) => loaders.sessionsByUser.load(id),
};

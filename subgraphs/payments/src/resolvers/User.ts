import type { UserResolvers } from '../generated/resolvers.ts';

export const User: UserResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  paymentMethods: ({ id }, _args, { loaders }) => loaders.cardsByCustomer.load(id),
  wallet: ({ id }, _args, { loaders }) => loaders.walletByCustomer.load(id),
};

import { connection, latestPage } from '@marquee/subgraph';

import type { UserResolvers } from '../generated/resolvers.ts';

export const User: UserResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  paymentMethods: ({ id }, _args, { loaders }) => loaders.cardsByCustomer.load(id),
  wallet: ({ id }, _args, { loaders }) => loaders.walletByCustomer.load(id),
  membership: ({ id }, _args, { loaders }) => loaders.membershipByCustomer.load(id),
  recurringPayments: ({ id }, _args, { loaders }) => loaders.recurringPaymentsByCustomer.load(id),
  invoices: async ({ id }, args, { loaders }) => {
    const page = latestPage(args);
    const found = await loaders.invoicesByCustomer(page).load(id);
    return connection(found, page, (invoice) => [invoice.issuedAt.toISOString(), invoice.id]);
  },
};

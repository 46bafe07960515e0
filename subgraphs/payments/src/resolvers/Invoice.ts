import type { InvoiceResolvers } from '../generated/resolvers.ts';

export const Invoice: InvoiceResolvers = {
  status: ({ correctsId, credited }) => (correctsId !== null ? 'CREDIT_NOTE' : credited ? 'CREDITED' : 'PAID'),
  lines: ({ lines, total: { currency } }) =>
    lines.map(({ description, amount }) => ({ description, amount: { amount, currency } })),
};

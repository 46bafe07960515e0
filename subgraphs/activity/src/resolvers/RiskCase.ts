import type { RiskCaseResolvers } from '../generated/resolvers.ts';

export const RiskCase: RiskCaseResolvers = {
  user: ({ userId }) => ({ id: userId }),
  booking: ({ bookingId }) => (bookingId === null ? null : { id: bookingId }),
};

import type { PaymentMethodResolvers } from '../generated/resolvers.ts';

export const PaymentMethod: PaymentMethodResolvers = {
  default: ({ isDefault }) => isDefault,
};

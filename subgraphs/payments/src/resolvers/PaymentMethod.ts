import { isExpired } from '../domain/saved-card.ts';
import type { PaymentMethodResolvers } from '../generated/resolvers.ts';

export const PaymentMethod: PaymentMethodResolvers = {
  default: ({ isDefault }) => isDefault,
  expired: (card, _args, { deps }) => isExpired(card, deps.now()),
};

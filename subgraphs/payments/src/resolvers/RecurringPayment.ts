import { upcomingCharge } from '../domain/billing/mandate.ts';
import type { RecurringPaymentResolvers } from '../generated/resolvers.ts';

export const RecurringPayment: RecurringPaymentResolvers = {
  // One that awaits its first payment is shown as it will be.
  status: ({ status }) => (status === 'PENDING' || status === 'PAUSED' ? 'ACTIVE' : status),
  purpose: ({ purpose }) => (purpose === 'GIFT' ? 'GIFT' : 'WALLET_TOP_UP'),
  amount: ({ price }) => price,
  interval: ({ schedule }) => schedule.interval,
  nextChargeAt: (mandate) => upcomingCharge(mandate)?.dueAt ?? null,
};

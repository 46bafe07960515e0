import type { ProviderName, ProviderPayout } from '../domain/payment-provider.ts';
import type { Payouts } from '../domain/ports.ts';

export interface SettlePayoutDeps {
  readonly payouts: Pick<Payouts, 'find' | 'report'>;
}

/** Records what the provider says of a payout. A repeated report, or one of an unknown payout, changes nothing. */
export async function settlePayout(
  { payouts }: SettlePayoutDeps,
  provider: ProviderName,
  reported: ProviderPayout,
): Promise<void> {
  const payout = await payouts.find(reported.reference);
  if (!payout) return;
  const { amount, currency } = payout.amount;
  if (reported.amount.amount !== amount || reported.amount.currency !== currency)
    throw new Error(`The provider's payout ${reported.id} is not of the amount of payout ${payout.id}`);
  await payouts.report(payout, reported, provider.name);
}

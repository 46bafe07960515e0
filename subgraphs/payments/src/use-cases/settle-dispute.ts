import { newId } from '@marquee/subgraph/ids';

import { claimOnWallet, openedDispute, type PaymentDispute } from '../domain/dispute.ts';
import { disputeLostEntry, disputeOpenedEntry, disputeWonEntry } from '../domain/dispute-entries.ts';
import type { Payment } from '../domain/payment.ts';
import type { ProviderDispute, ProviderName } from '../domain/payment-provider.ts';
import { refundParts } from '../domain/sale.ts';
import type { Settlement } from '../domain/settlement.ts';

/**
 * Records a dispute by the state that the provider reports: opened once, and closed once, whichever report comes first.
 *
 * @throws when the charge is of no payment: the webhook stays in the inbox
 */
export async function settleDispute(
  settlement: Settlement,
  { name: provider }: ProviderName,
  reported: ProviderDispute,
): Promise<void> {
  const { disputes } = settlement;
  const payment = await disputes.lockPaymentOf(provider, reported.chargeId);
  if (!payment) throw new Error(`Dispute ${reported.id} is about no payment of ours`);
  const known = await disputes.find(provider, reported.id);
  const dispute = known ?? (await open(settlement, payment, provider, reported));
  if (dispute.status === 'OPEN' && reported.status !== 'OPEN')
    await close(settlement, dispute, payment, provider, reported);
}

/** Opens a dispute, and holds what the wallet has of it. */
async function open(
  settlement: Settlement,
  payment: Payment,
  provider: string,
  reported: ProviderDispute,
): Promise<PaymentDispute> {
  const { disputes } = settlement;
  const opened = openedDispute(newId('dsp'), payment, reported);
  const claimed = claimOnWallet(opened, payment, await disputes.refundedToWallet(payment.id));
  const dispute = { ...opened, claimed, held: await disputes.available(payment, claimed) };
  await disputes.open(dispute, payment, provider);
  await settlement.post(disputeOpenedEntry(dispute, payment, provider));
  return dispute;
}

async function close(
  settlement: Settlement,
  dispute: PaymentDispute,
  payment: Payment,
  provider: string,
  { status }: ProviderDispute,
): Promise<void> {
  if (status === 'WON') {
    await settlement.post(disputeWonEntry(dispute, payment, provider));
    return settlement.disputes.close(dispute, payment, null);
  }
  const isOfSale = payment.status === 'SUCCEEDED' && payment.sale !== null && dispute.reserved > 0;
  const sold = isOfSale ? await settlement.sold(payment) : null;
  // The dispute's own part is reserved, and is in none of the parts yet.
  const parts = sold && refundParts(sold.sales, sold.refunded, dispute.reserved, null);
  // The wallet stays locked, so that no credit misses what it owes.
  const missing = dispute.claimed - dispute.held;
  const taken = await settlement.disputes.available(payment, missing);
  await settlement.post(disputeLostEntry(dispute, payment, { parts, taken }, provider));
  await settlement.disputes.close(dispute, payment, { parts, owed: missing - taken });
}

import { newId } from '@marquee/subgraph/ids';

import { openedDispute, type PaymentDispute } from '../domain/dispute.ts';
import { disputeLostEntry, disputeOpenedEntry, disputeWonEntry } from '../domain/ledger.ts';
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
  const dispute = known ?? openedDispute(newId('dsp'), payment, reported);
  if (!known) {
    await disputes.open(dispute, payment, provider);
    await settlement.post(disputeOpenedEntry(dispute, provider));
  }
  if (dispute.status === 'OPEN' && reported.status !== 'OPEN')
    await close(settlement, dispute, payment, provider, reported);
}

async function close(
  settlement: Settlement,
  dispute: PaymentDispute,
  payment: Payment,
  provider: string,
  { status }: ProviderDispute,
): Promise<void> {
  if (status === 'WON') {
    await settlement.post(disputeWonEntry(dispute, provider));
    return settlement.disputes.close(dispute, payment, status, null);
  }
  const isOfSale = payment.status === 'SUCCEEDED' && payment.sale !== null && dispute.reserved > 0;
  const sold = isOfSale ? await settlement.sold(payment) : null;
  // The dispute's own part is reserved, and is in none of the parts yet.
  const parts = sold && refundParts(sold.sales, sold.refunded, dispute.reserved, null);
  await settlement.post(disputeLostEntry(dispute, payment, parts, provider));
  await settlement.disputes.close(dispute, payment, 'LOST', parts);
}

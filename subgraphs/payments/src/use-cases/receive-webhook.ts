import type { PaymentProvider, RawWebhook } from '../domain/payment-provider.ts';
import type { Atomically } from '../domain/ports.ts';
import { settlePayment } from './settle-payment.ts';
import { settleRefund } from './settle-refund.ts';

export interface ReceiveWebhookDeps {
  readonly provider: PaymentProvider;
  readonly atomically: Atomically;
  readonly newRefundId: () => string;
  readonly now: () => Date;
}

/**
 * Takes a webhook in: its row in the inbox and its effect are one transaction, so each has its effect once. One about a
 * payment that is not ours is kept and has none.
 *
 * @throws {WebhookRejectedError} when it is forged or too old
 */
export async function receiveWebhook(deps: ReceiveWebhookDeps, webhook: RawWebhook): Promise<void> {
  const event = deps.provider.readWebhook(webhook, deps.now());
  const { name: providerName } = deps.provider;
  await deps.atomically(async (tx) => {
    if (!(await tx.recordEvent(providerName, event))) return;
    if ('charge' in event) await settlePayment(tx, { providerName, newRefundId: deps.newRefundId }, event.charge);
    if ('refund' in event) await settleRefund(tx, { providerName }, event.refund);
  });
}

import type { RawWebhook } from '../domain/payment-provider.ts';
import type { SubmitChargeDeps } from './charge-card.ts';
import { settlePayment } from './settle-payment.ts';
import { settleRefund } from './settle-refund.ts';

export interface ReceiveWebhookDeps extends SubmitChargeDeps {
  readonly publishOutbox: () => void;
  readonly now: () => Date;
}

/**
 * Receives a webhook. Its inbox row and its effect commit together, so a repeat changes nothing. An event of an
 * unknown charge or refund is recorded without effect.
 *
 * @throws {WebhookRejectedError} when it is forged, stale or malformed
 */
export async function receiveWebhook(deps: ReceiveWebhookDeps, webhook: RawWebhook): Promise<void> {
  const event = deps.provider.verifyWebhook(webhook, deps.now());
  await deps.inTransaction(async (tx) => {
    if (!(await tx.recordEvent(deps.provider.name, event))) return;
    if ('charge' in event) await settlePayment(tx, deps.provider, event.charge);
    if ('refund' in event) await settleRefund(tx, deps.provider, event.refund);
  });
  deps.publishOutbox();
}

import type { Log } from '@marquee/telemetry';

import type { PaymentProvider, ProviderEvent } from '../domain/payment-provider.ts';
import type { DueWebhook, WebhookInbox } from '../domain/ports.ts';
import type { SettlementTransaction } from '../domain/settlement.ts';
import { settleDispute } from './settle-dispute.ts';
import { settlePayment, type SettlePaymentDeps } from './settle-payment.ts';
import { settlePayout, type SettlePayoutDeps } from './settle-payout.ts';
import { settleRefund } from './settle-refund.ts';

export interface HandleWebhookDeps extends SettlePaymentDeps, SettlePayoutDeps {
  readonly provider: PaymentProvider;
  readonly inbox: WebhookInbox;
  readonly inTransaction: SettlementTransaction;
  readonly publishOutbox: () => void;
  readonly now: () => Date;
  readonly log: Pick<Log, 'error'>;
}

const BATCH_SIZE = 50;

/**
 * Handles a stored webhook. A repeat changes nothing, nor does an event that arrives after a later one. One whose
 * handling fails stays in the inbox for {@link handleDueWebhooks}.
 */
export async function handleWebhook(deps: HandleWebhookDeps, event: ProviderEvent): Promise<void> {
  try {
    await settleBy(deps, event);
    await deps.inbox.markHandled(event.id, deps.now());
  } catch (err) {
    await recordFailure(deps, event.id, err);
  }
  deps.publishOutbox();
}

/** Handles webhooks whose first attempt failed or was interrupted. */
export async function handleDueWebhooks(deps: HandleWebhookDeps): Promise<void> {
  const due = await deps.inbox.claimDue(deps.now(), BATCH_SIZE);
  await Promise.all(due.map((webhook) => handleStored(deps, webhook)));
}

async function handleStored(deps: HandleWebhookDeps, { id, payload }: DueWebhook): Promise<void> {
  try {
    const event = deps.provider.readEvent(payload);
    await handleWebhook(deps, event);
  } catch (err) {
    await recordFailure(deps, id, err);
  }
}

async function settleBy({ provider, ...deps }: HandleWebhookDeps, event: ProviderEvent): Promise<void> {
  if ('charge' in event) await settlePayment(deps, provider, event.charge);
  if ('payout' in event) await settlePayout(deps, provider, event.payout);
  if ('dispute' in event) await deps.inTransaction((tx) => settleDispute(tx, provider, event.dispute));
  if ('refund' in event) await deps.inTransaction((tx) => settleRefund(tx, provider, event.refund));
}

async function recordFailure({ inbox, now, log }: HandleWebhookDeps, eventId: string, err: unknown): Promise<void> {
  log.error({ err, eventId }, 'handling a webhook failed');
  await inbox.recordFailure(eventId, err instanceof Error ? err.message : String(err), now());
}

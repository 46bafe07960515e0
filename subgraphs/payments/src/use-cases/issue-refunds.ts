import { RefundRefusedError } from '../domain/payment-provider.ts';
import type { Refunds } from '../domain/ports.ts';
import type { DueRefund } from '../domain/refund.ts';
import type { SubmitChargeDeps } from './charge-card.ts';
import { failRefund, settleRefund } from './settle-refund.ts';

export interface IssueRefundsDeps extends Pick<SubmitChargeDeps, 'provider' | 'inTransaction'> {
  readonly refunds: Pick<Refunds, 'claimDue'>;
  readonly now: () => Date;
  /** Reports a refund that was not made; a later run tries again unless the provider refused it. */
  readonly onError: (refundId: string, error: unknown) => void;
}

const BATCH_SIZE = 50;

/**
 * Issues the card refunds that are due. The refund's id is the provider's idempotency key, so a retry after a lost
 * answer refunds nothing twice.
 *
 * @returns the number of refunds attempted
 */
export async function issueRefunds(deps: IssueRefundsDeps): Promise<number> {
  const due = await deps.refunds.claimDue(deps.now(), BATCH_SIZE);
  await Promise.all(
    due.map((refund) => issueRefund(deps, refund).catch((error: unknown) => deps.onError(refund.id, error))),
  );
  return due.length;
}

async function issueRefund(deps: IssueRefundsDeps, { id: refundId, chargeId, amount }: DueRefund): Promise<void> {
  try {
    const refund = await deps.provider.refund({ refundId, chargeId, amount });
    await deps.inTransaction((tx) => settleRefund(tx, deps, refund));
  } catch (error) {
    if (error instanceof RefundRefusedError) await deps.inTransaction((tx) => failRefund(tx, refundId, error.code));
    throw error;
  }
}

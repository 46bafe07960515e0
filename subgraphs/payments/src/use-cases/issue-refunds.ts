import type { Log } from '@marquee/telemetry';

import { type PaymentProvider, ProviderRefusedError } from '../domain/payment-provider.ts';
import type { DueWork } from '../domain/ports.ts';
import type { DueRefund } from '../domain/refund.ts';
import type { SettlementTransaction } from '../domain/settlement.ts';
import { failRefund, settleRefund } from './settle-refund.ts';

export interface IssueRefundsDeps {
  readonly provider: PaymentProvider;
  readonly inTransaction: SettlementTransaction;
  readonly dueWork: Pick<DueWork, 'claimRefunds'>;
  readonly now: () => Date;
  readonly log: Pick<Log, 'error'>;
}

const BATCH_SIZE = 50;

/**
 * Issues the card refunds that are due. The refund's id is the provider's idempotency key, so a retry after a lost
 * answer refunds nothing twice. One that fails is logged; a later run tries again unless the provider refused it.
 */
export async function issueRefunds(deps: IssueRefundsDeps): Promise<void> {
  const due = await deps.dueWork.claimRefunds(deps.now(), BATCH_SIZE);
  const report = (refundId: string) => (err: unknown) => deps.log.error({ err, refundId }, 'issuing a refund failed');
  await Promise.all(due.map((refund) => issueRefund(deps, refund).catch(report(refund.id))));
}

async function issueRefund(deps: IssueRefundsDeps, { id: refundId, chargeId, amount }: DueRefund): Promise<void> {
  try {
    const refund = await deps.provider.refund({ refundId, chargeId, amount });
    await deps.inTransaction((tx) => settleRefund(tx, deps.provider, refund));
  } catch (error) {
    if (error instanceof ProviderRefusedError) {
      await deps.inTransaction((tx) => failRefund(tx, deps.provider, refundId, error.code ?? 'refused'));
    }
    throw error;
  }
}

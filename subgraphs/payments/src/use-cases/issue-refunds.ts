import type { Log } from '@marquee/telemetry';

import { KEY_LIFETIME_MS, type PaymentProvider, ProviderRefusedError } from '../domain/payment-provider.ts';
import type { DueWork } from '../domain/ports.ts';
import type { CardRefund } from '../domain/refund.ts';
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
 * answer refunds nothing twice; one of long ago, whose key is forgotten, is looked for first. One that fails is logged;
 * a later run tries again unless the provider refused it.
 */
export async function issueRefunds(deps: IssueRefundsDeps): Promise<void> {
  const due = await deps.dueWork.claimRefunds(deps.now(), BATCH_SIZE);
  const report = (refundId: string) => (err: unknown) => deps.log.error({ err, refundId }, 'issuing a refund failed');
  await Promise.all(due.map((refund) => issueRefund(deps, refund).catch(report(refund.id))));
}

async function issueRefund(deps: IssueRefundsDeps, due: CardRefund): Promise<void> {
  const { id: refundId, chargeId, amount, createdAt } = due;
  const isOld = deps.now().getTime() - createdAt.getTime() >= KEY_LIFETIME_MS;
  try {
    const made = isOld ? await deps.provider.findRefund({ refundId, chargeId }) : null;
    const refund = made ?? (await deps.provider.refund({ refundId, chargeId, amount }));
    await deps.inTransaction((tx) => settleRefund(tx, deps.provider, refund));
  } catch (error) {
    if (error instanceof ProviderRefusedError) {
      await deps.inTransaction((tx) => failRefund(tx, deps.provider, refundId, error.code ?? 'refused'));
    }
    throw error;
  }
}

import { type PaymentProvider, RefundRefusedError } from '../domain/payment-provider.ts';
import type { Atomically, Refunds } from '../domain/ports.ts';
import type { Refund } from '../domain/refund.ts';
import { failRefund, settleRefund } from './settle-refund.ts';

export interface RetryRefundsDeps {
  readonly provider: PaymentProvider;
  readonly refunds: Pick<Refunds, 'claimDue'>;
  readonly atomically: Atomically;
  readonly now: () => Date;
  /** Told of a refund that was not made; unless refused for good it comes up again. */
  readonly onError: (refundId: string, error: unknown) => void;
}

const AT_ONCE = 50;

/**
 * Makes the refunds to cards that are due, at the provider. The refund's id is the key there: trying again after a lost
 * answer gives nothing back twice.
 *
 * @returns how many were tried
 */
export async function retryRefunds(deps: RetryRefundsDeps): Promise<number> {
  const due = await deps.refunds.claimDue(deps.now(), AT_ONCE);
  await Promise.all(
    due.map((refund) => makeRefund(deps, refund).catch((error: unknown) => deps.onError(refund.id, error))),
  );
  return due.length;
}

async function makeRefund(deps: RetryRefundsDeps, refund: Refund & { chargeId: string }): Promise<void> {
  const { id: refundId, chargeId, amount } = refund;
  try {
    const made = await deps.provider.refund({ refundId, chargeId, amount });
    await deps.atomically((tx) => settleRefund(tx, { providerName: deps.provider.name }, made));
  } catch (error) {
    if (error instanceof RefundRefusedError) await deps.atomically((tx) => failRefund(tx, refundId, error.code));
    throw error;
  }
}

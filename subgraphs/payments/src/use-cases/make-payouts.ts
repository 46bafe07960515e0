import { newId } from '@marquee/subgraph/ids';
import type { Log } from '@marquee/telemetry';

import { type PaymentProvider, ProviderRefusedError } from '../domain/payment-provider.ts';
import { type DuePayout, payoutDay } from '../domain/payout.ts';
import type { Payouts } from '../domain/ports.ts';
import { settlePayout } from './settle-payout.ts';

export interface MakePayoutsDeps {
  readonly payouts: Payouts;
  readonly provider: PaymentProvider;
  readonly now: () => Date;
  readonly log: Pick<Log, 'error'>;
}

const BATCH_SIZE = 50;

/** Makes available what shows that have ended sold. */
export async function settleEndedShows({ payouts, now }: Pick<MakePayoutsDeps, 'payouts' | 'now'>): Promise<void> {
  for (;;) {
    const ended = await payouts.endedShows(now(), BATCH_SIZE);
    for (const show of ended) await payouts.settleShow(show);
    if (ended.length < BATCH_SIZE) return;
  }
}

/** Requests the payouts of the week: all that is available, once for each organisation and currency. */
export async function requestScheduledPayouts({ payouts, provider, now }: MakePayoutsDeps): Promise<void> {
  const scheduledFor = payoutDay(now());
  if (scheduledFor === null) return;
  const due = await payouts.dueOnSchedule(scheduledFor, BATCH_SIZE);
  for (const { organisationId, amount } of due) {
    const payout = { id: newId('pyo'), organisationId, amount, createdAt: now(), provider: provider.name };
    await payouts.request({ ...payout, requestedBy: null, scheduledFor }, null);
  }
}

/**
 * Hands payouts to the provider, and asks what became of them. The payout's id is the provider's idempotency key, so that
 * a repeat pays nothing twice. One that fails is logged; a later run tries again unless the provider refused it.
 */
export async function makePayouts(deps: MakePayoutsDeps): Promise<void> {
  const due = await deps.payouts.claimDue(deps.now(), BATCH_SIZE);
  const report = (payoutId: string) => (err: unknown) => deps.log.error({ err, payoutId }, 'making a payout failed');
  await Promise.all(due.map((payout) => makePayout(deps, payout).catch(report(payout.id))));
}

async function makePayout({ payouts, provider }: MakePayoutsDeps, payout: DuePayout): Promise<void> {
  const { id: payoutId, organisationId, amount } = payout;
  try {
    await settlePayout({ payouts }, provider, await provider.payOut({ payoutId, organisationId, amount }));
  } catch (error) {
    if (error instanceof ProviderRefusedError) await payouts.refuse(payout, error.code ?? 'refused', provider.name);
    throw error;
  }
}

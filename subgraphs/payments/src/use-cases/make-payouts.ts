import { newId } from '@marquee/subgraph/ids';
import type { Log } from '@marquee/telemetry';

import {
  KEY_LIFETIME_MS,
  type PaymentProvider,
  type ProviderPayout,
  ProviderRefusedError,
} from '../domain/payment-provider.ts';
import { type DuePayout, type Payout, payoutDay } from '../domain/payout.ts';
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

/**
 * Requests the payouts of the week: all that is available, once for each organisation and currency. A run that was missed
 * is made up for at the next start; what becomes available after a run waits for the next.
 */
export async function requestScheduledPayouts(deps: MakePayoutsDeps): Promise<void> {
  const { payouts, now } = deps;
  const day = payoutDay(now());
  if (await payouts.isRunComplete(day)) return;
  await settleEndedShows(deps);
  for (;;) {
    const due = await payouts.dueOnSchedule(day, BATCH_SIZE);
    if (due.length === 0) return payouts.completeRun(day);
    const requested = await requestAll(deps, due, day);
    // The others changed meanwhile: the next run of the job looks again.
    if (requested === 0) return;
  }
}

/** @returns how many were requested */
async function requestAll(
  { payouts, provider, now }: MakePayoutsDeps,
  due: readonly Pick<Payout, 'organisationId' | 'amount'>[],
  scheduledFor: Date,
): Promise<number> {
  let requested = 0;
  for (const { organisationId, amount } of due) {
    const payout = { id: newId('pyo'), organisationId, amount, createdAt: now(), provider: provider.name };
    if (await payouts.request({ ...payout, requestedBy: null, scheduledFor }, null)) requested += 1;
  }
  return requested;
}

/**
 * Hands payouts to the provider, and asks what became of them. The payout's id is the provider's idempotency key, so that
 * a repeat pays nothing twice, and one of long ago is looked for first. One that fails is logged; a later run tries
 * again unless the provider refused it.
 */
export async function makePayouts(deps: MakePayoutsDeps): Promise<void> {
  const due = await deps.payouts.claimDue(deps.now(), BATCH_SIZE);
  const report = (payoutId: string) => (err: unknown) => deps.log.error({ err, payoutId }, 'making a payout failed');
  await Promise.all(due.map((payout) => makePayout(deps, payout).catch(report(payout.id))));
}

async function makePayout(deps: MakePayoutsDeps, payout: DuePayout): Promise<void> {
  const { payouts, provider } = deps;
  const { id: payoutId, organisationId, amount } = payout;
  try {
    const made = (await findOld(deps, payout)) ?? (await provider.payOut({ payoutId, organisationId, amount }));
    await settlePayout({ payouts }, provider, made);
  } catch (error) {
    if (error instanceof ProviderRefusedError) await payouts.refuse(payout, error.code ?? 'refused', provider.name);
    throw error;
  }
}

/** A payout that an earlier attempt may have made so long ago that its key no longer keeps it from being made again. */
async function findOld(
  { provider, now }: MakePayoutsDeps,
  { id, createdAt: from }: DuePayout,
): Promise<ProviderPayout | null> {
  const to = now();
  if (to.getTime() - from.getTime() < KEY_LIFETIME_MS) return null;
  for await (const page of provider.payouts({ from, to })) {
    const made = page.find(({ reference }) => reference === id);
    if (made) return made;
  }
  return null;
}

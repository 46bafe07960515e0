import { randomUUID } from 'node:crypto';
import { isUniqueViolation } from '@marquee/database';

import type { ChargesDeps, Idempotency } from './charges.ts';
import { keyReused } from './errors.ts';
import { listOf, type List, type Page, selectionOf } from './lists.ts';
import { payoutView, type PayoutView } from './views.ts';
import { enqueueWebhook } from './webhook-events.ts';

/** A request to pay a merchant's payee. */
export interface PayoutRequest {
  readonly amount: number;
  readonly currency: string;
  /** The merchant's reference for the payout. */
  readonly reference: string;
  readonly destination: string;
}

const DAY_MS = 86_400_000;
/** Payees whose bank refuses the money. */
const CLOSED = /_closed$/;

/** Takes a payout, at most once per idempotency key. @throws {ApiError} 409 when the key was used with another request */
export async function createPayout(
  deps: ChargesDeps,
  request: PayoutRequest,
  { key: idempotencyKey, requestHash }: Idempotency,
): Promise<PayoutView> {
  const createdAt = deps.now();
  const arrivesAt = new Date(createdAt.getTime() + DAY_MS);
  const id = `po_${randomUUID().replaceAll('-', '')}`;
  const row = { ...request, id, idempotencyKey, requestHash, status: 'pending', arrivesAt, createdAt } as const;
  try {
    return payoutView(await deps.client.payout.create({ data: row }));
  } catch (error) {
    if (!isUniqueViolation(error, 'payouts_idempotency_key')) throw error;
  }
  const existing = await deps.client.payout.findUniqueOrThrow({ where: { idempotencyKey } });
  if (existing.requestHash !== requestHash) throw keyReused();
  return payoutView(existing);
}

/** Pays pending payouts, or fails those to a closed account. @returns how many */
export async function settlePayouts({ client, now }: ChargesDeps): Promise<number> {
  const pending = await client.payout.findMany({
    where: { status: 'pending' },
    orderBy: { createdAt: 'asc' },
    take: 50,
  });
  for (const { id, destination } of pending) {
    const data = CLOSED.test(destination)
      ? ({ status: 'failed', failureCode: 'account_closed' } as const)
      : ({ status: 'paid' } as const);
    await client.$transaction(async (tx) => {
      const settled = await tx.payout.updateManyAndReturn({ where: { id, status: 'pending' }, data });
      for (const payout of settled) {
        await enqueueWebhook(tx, { type: `payout.${data.status}`, data: { payout: payoutView(payout) } }, now());
      }
    });
  }
  return pending.length;
}

/** The payouts with a merchant's reference, oldest first. */
export async function payoutsByReference({ client }: ChargesDeps, reference: string): Promise<PayoutView[]> {
  const payouts = await client.payout.findMany({ where: { reference }, orderBy: { createdAt: 'asc' }, take: 100 });
  return payouts.map(payoutView);
}

/** A page of payouts, oldest first. */
export async function listPayouts({ client }: ChargesDeps, page: Page): Promise<List<PayoutView>> {
  return listOf(await client.payout.findMany(selectionOf(page)), page, payoutView);
}

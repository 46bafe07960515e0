import { randomUUID } from 'node:crypto';
import { isUniqueViolation } from '@marquee/database';
import type { Prisma } from '@marquee/prisma-sandbox-provider';

import type { ChargesDeps, Idempotency } from './charges.ts';
import { ApiError, keyReused, notFound } from './errors.ts';
import { listOf, type List, type Page, selectionOf } from './lists.ts';
import { refundView, type RefundView } from './views.ts';
import { enqueueWebhook } from './webhook-events.ts';

/** A request for a refund. */
export interface RefundRequest {
  readonly chargeId: string;
  readonly amount: number;
  /** The merchant's reference for the refund. */
  readonly reference: string;
}

/**
 * Refunds part or all of a charge, at most once per idempotency key.
 *
 * @throws {ApiError} 404 for an unknown charge, 409 when the key was used with another request, 422 when the refund
 * exceeds the rest of the charge
 */
export async function createRefund(
  deps: ChargesDeps,
  request: RefundRequest,
  idempotency: Idempotency,
): Promise<RefundView> {
  const existing = await refundOfKey(deps, idempotency);
  if (existing) return existing;
  try {
    return await deps.client.$transaction((tx) => insertRefund(deps, tx, request, idempotency));
  } catch (error) {
    if (!isUniqueViolation(error, 'refunds_idempotency_key')) throw error;
  }
  const created = await refundOfKey(deps, idempotency);
  if (!created) throw new Error(`No refund has the key ${idempotency.key} that was taken`);
  return created;
}

async function insertRefund(
  deps: ChargesDeps,
  tx: Prisma.TransactionClient,
  { chargeId, amount, reference }: RefundRequest,
  { key, requestHash }: Idempotency,
): Promise<RefundView> {
  const now = deps.now();
  const charge = await tx.charge.findUnique({ where: { id: chargeId } });
  if (!charge) throw notFound('charge');
  const refund = await tx.refund.create({
    data: {
      id: `re_${randomUUID().replaceAll('-', '')}`,
      idempotencyKey: key,
      requestHash,
      ...{ chargeId, amount, reference },
      currency: charge.currency,
      createdAt: now,
    },
  });
  const { count } = await tx.charge.updateMany({
    where: { id: chargeId, status: 'succeeded', refundedAmount: { lte: charge.amount - BigInt(amount) } },
    data: { refundedAmount: { increment: amount } },
  });
  if (count === 0) throw new ApiError(422, 'refund_exceeds_charge', 'The refund exceeds what is left of the charge.');
  const view = refundView(refund);
  await enqueueWebhook(tx, { type: 'refund.succeeded', data: { refund: view } }, now);
  return view;
}

/** The refunds with a merchant's reference, oldest first. */
export async function refundsByReference({ client }: ChargesDeps, reference: string): Promise<RefundView[]> {
  const refunds = await client.refund.findMany({ where: { reference }, orderBy: { createdAt: 'asc' }, take: 100 });
  return refunds.map(refundView);
}

/** A page of refunds, oldest first. */
export async function listRefunds({ client }: ChargesDeps, page: Page): Promise<List<RefundView>> {
  return listOf(await client.refund.findMany(selectionOf(page)), page, refundView);
}

async function refundOfKey(deps: ChargesDeps, { key, requestHash }: Idempotency): Promise<RefundView | null> {
  const refund = await deps.client.refund.findUnique({ where: { idempotencyKey: key } });
  if (!refund) return null;
  if (refund.requestHash !== requestHash) throw keyReused();
  return refundView(refund);
}

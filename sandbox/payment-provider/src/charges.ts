import { randomBytes, randomUUID } from 'node:crypto';
import { isUniqueViolation } from '@marquee/database';
import type { Charge, Prisma, PrismaClient } from '@marquee/prisma-sandbox-provider';

import { answersLate, fingerprintOf, outcomeOf, type ChargeOutcome } from './cards.ts';
import { keyReused, notFound } from './errors.ts';
import { listOf, type List, type Page, selectionOf } from './lists.ts';
import { chargeView, type ChargeView } from './views.ts';
import { enqueueChargeWebhook } from './webhook-events.ts';

/** The dependencies of charges. */
export interface ChargesDeps {
  readonly client: PrismaClient;
  readonly now: () => Date;
  /** The base URL for payers. */
  readonly publicUrl: () => string;
  /** The delay after the deadline until a late card's charge succeeds, in milliseconds. */
  readonly lateByMs: number;
}

/** A request for a charge. */
export interface ChargeRequest {
  readonly amount: number;
  readonly currency: string;
  /** A card token, or the id of a saved card. */
  readonly source: string;
  /** The merchant's reference for the charge. */
  readonly reference: string;
  /** Where the payer's page leads afterwards. */
  readonly returnUrl?: string | undefined;
  /** Whether the payer is not there to confirm it. */
  readonly offSession?: boolean | undefined;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface CreatedCharge {
  readonly charge: ChargeView;
  /** Whether to withhold the response, because the card is flaky. */
  readonly answersLate: boolean;
}

/** The idempotency key of a request: the same key returns the same charge. */
export interface Idempotency {
  readonly key: string;
  /** A hash of the request. */
  readonly requestHash: string;
}

/**
 * Charges a card, at most once per idempotency key.
 *
 * @throws {ApiError} 409 when the key was used with another request
 */
export async function createCharge(
  deps: ChargesDeps,
  request: ChargeRequest,
  idempotency: Idempotency,
): Promise<CreatedCharge> {
  const existing = await chargeOfKey(deps, idempotency);
  if (existing) return { charge: existing, answersLate: false };
  try {
    return await deps.client.$transaction((tx) => insertCharge(deps, tx, request, idempotency));
  } catch (error) {
    if (!isUniqueViolation(error, 'charges_idempotency_key')) throw error;
  }
  const created = await chargeOfKey(deps, idempotency);
  if (!created) throw new Error(`No charge has the key ${idempotency.key} that was taken`);
  return { charge: created, answersLate: false };
}

async function insertCharge(
  deps: ChargesDeps,
  tx: Prisma.TransactionClient,
  { offSession = false, ...request }: ChargeRequest,
  { key, requestHash }: Idempotency,
): Promise<CreatedCharge> {
  const now = deps.now();
  const { token, earlierCharges } = await cardToCharge(tx, request.source);
  const deadline = deadlineIn(request.metadata);
  const outcome = outcomeOf(token, { now, deadline, earlierCharges, lateByMs: deps.lateByMs, offSession });
  const charge = await tx.charge.create({
    data: {
      id: `ch_${randomUUID().replaceAll('-', '')}`,
      idempotencyKey: key,
      requestHash,
      ...request,
      returnUrl: request.returnUrl ?? null,
      ...toColumns(outcome),
      cardFingerprint: fingerprintOf(token),
      createdAt: now,
    },
  });
  const view = chargeView(charge, deps.publicUrl());
  await enqueueChargeWebhook(tx, view, now);
  return { charge: view, answersLate: answersLate(token) };
}

/** Increments the saved card's counter, which locks its row, so that concurrent charges are ordered. */
async function cardToCharge(
  tx: Prisma.TransactionClient,
  source: string,
): Promise<{ token: string; earlierCharges: number }> {
  if (!source.startsWith('card_')) return { token: source, earlierCharges: 0 };
  const [card] = await tx.paymentMethod.updateManyAndReturn({
    where: { id: source },
    data: { charges: { increment: 1 } },
  });
  return card ? { token: card.token, earlierCharges: card.charges - 1 } : { token: source, earlierCharges: 0 };
}

function toColumns(outcome: ChargeOutcome): Pick<Charge, 'status' | 'declineCode' | 'actionId' | 'succeedsAt'> {
  return {
    status: outcome.status,
    declineCode: outcome.status === 'failed' ? outcome.declineCode : null,
    actionId: outcome.status === 'requires_action' ? randomBytes(18).toString('base64url') : null,
    succeedsAt: outcome.status === 'processing' ? outcome.succeedsAt : null,
  };
}

function deadlineIn(metadata: Readonly<Record<string, string>>): Date | null {
  const deadline = new Date(metadata['deadline'] ?? '');
  return Number.isNaN(deadline.getTime()) ? null : deadline;
}

async function chargeOfKey(deps: ChargesDeps, { key, requestHash }: Idempotency): Promise<ChargeView | null> {
  const charge = await deps.client.charge.findUnique({ where: { idempotencyKey: key } });
  if (!charge) return null;
  if (charge.requestHash !== requestHash) throw keyReused();
  return chargeView(charge, deps.publicUrl());
}

/** @throws {ApiError} 404 */
export async function findCharge(deps: ChargesDeps, id: string): Promise<ChargeView> {
  const charge = await deps.client.charge.findUnique({ where: { id } });
  if (!charge) throw notFound('charge');
  return chargeView(charge, deps.publicUrl());
}

/** The charges with a merchant's reference, oldest first. */
export async function chargesByReference(deps: ChargesDeps, reference: string): Promise<ChargeView[]> {
  const charges = await deps.client.charge.findMany({ where: { reference }, orderBy: { createdAt: 'asc' }, take: 100 });
  return charges.map((charge) => chargeView(charge, deps.publicUrl()));
}

/** A page of charges, oldest first. */
export async function listCharges(deps: ChargesDeps, page: Page): Promise<List<ChargeView>> {
  const charges = await deps.client.charge.findMany(selectionOf(page));
  return listOf(charges, page, (charge) => chargeView(charge, deps.publicUrl()));
}

/**
 * Cancels a charge that still waits for its payer; any other charge is returned unchanged.
 *
 * @throws {ApiError} 404
 */
export async function cancelCharge(deps: ChargesDeps, id: string): Promise<ChargeView> {
  await move(deps, { id, status: 'requires_action' }, 'canceled');
  return findCharge(deps, id);
}

/** How a payer leaves a charge's page. */
export type PayerAnswer = 'confirm' | 'decline' | 'cancel';

const STATUS_AFTER = { confirm: 'succeeded', decline: 'failed', cancel: 'canceled' } as const;

/**
 * Ends the charge whose page the payer has opened, if it was waiting for that.
 *
 * @returns the charge, and where the payer goes from its page
 * @throws {ApiError} 404
 */
export async function answerAction(
  deps: ChargesDeps,
  actionId: string,
  answer: PayerAnswer,
): Promise<{ readonly charge: ChargeView; readonly returnUrl: string | null }> {
  const declineCode = answer === 'decline' ? 'authentication_failed' : null;
  await move(deps, { actionId, status: 'requires_action' }, STATUS_AFTER[answer], declineCode);
  const charge = await deps.client.charge.findUnique({ where: { actionId } });
  if (!charge) throw notFound('payment');
  return { charge: chargeView(charge, deps.publicUrl()), returnUrl: charge.returnUrl };
}

/** Completes processing charges that are due. @returns how many */
export async function succeedLateCharges(deps: ChargesDeps): Promise<number> {
  return move(deps, { status: 'processing', succeedsAt: { lte: deps.now() } }, 'succeeded');
}

/** One conditional update, so that only one of two concurrent calls succeeds. */
async function move(
  deps: ChargesDeps,
  where: Prisma.ChargeWhereInput,
  status: Charge['status'],
  declineCode: string | null = null,
): Promise<number> {
  return deps.client.$transaction(async (tx) => {
    const moved = await tx.charge.updateManyAndReturn({ where, data: { status, declineCode } });
    for (const charge of moved) await enqueueChargeWebhook(tx, chargeView(charge, deps.publicUrl()), deps.now());
    return moved.length;
  });
}

import { type IdempotencyRow, insertIdempotencyKey, isUniqueViolation } from '@marquee/database';
import { CodedError } from '@marquee/errors';
import { appendToOutbox } from '@marquee/events';
import type { PrismaClient } from '@marquee/prisma-payments';
import { isPossibleId } from '@marquee/subgraph/ids';

import { isMembership, type Mandate, type Membership, type NewMandate } from '../../domain/billing/mandate.ts';
import type { MembershipPlan } from '../../domain/billing/membership-plan.ts';
import type { Mandates, MandateRefusal } from '../../domain/billing/ports.ts';
import type { MandateChange } from '../../domain/billing/renewal.ts';
import { TRANSACTION_LIMITS } from '../transaction.ts';
import { membershipChanged, trialEnding } from './billing-events.ts';
import { mandateColumns, toMandate } from './mandate-rows.ts';
import { changeMandate } from './mandate-transaction.ts';

/** The most recurring payments of a customer that are listed, those that have ended among them. */
const MAX_LISTED = 100;
const LIVE = ['ACTIVE', 'PAST_DUE', 'PAUSED'] as const;

/** Mandates outside of their charges. */
export class MandateRepository implements Mandates {
  readonly #client: PrismaClient;

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  async find(id: string): Promise<Mandate | null> {
    const row = isPossibleId(id) ? await this.#client.mandate.findUnique({ where: { id } }) : null;
    return row && toMandate(row);
  }

  async membershipsOf(customerIds: readonly string[]): Promise<Membership[]> {
    const rows = await this.#client.mandate.findMany({
      where: { customerId: { in: customerIds.filter(isPossibleId) }, purpose: 'MEMBERSHIP', status: { in: [...LIVE] } },
    });
    return rows.map(toMandate).filter(isMembership);
  }

  async unpaidMembershipOf(customerId: string): Promise<Mandate | null> {
    const where = { customerId, purpose: 'MEMBERSHIP', status: 'PENDING' } as const;
    const row = await this.#client.mandate.findFirst({ where });
    return row && toMandate(row);
  }

  async recurringPaymentsOf(customerIds: readonly string[]): Promise<Mandate[]> {
    const latest = await this.#client.$queryRaw<{ id: string }[]>`
      SELECT latest.id FROM unnest(${customerIds.filter(isPossibleId)}::text[]) AS customer (id) CROSS JOIN LATERAL (
        SELECT mandates.id FROM mandates
        WHERE customer_id = customer.id AND purpose <> 'MEMBERSHIP' AND (status <> 'EXPIRED' OR sequence > 0)
        ORDER BY created_at DESC, mandates.id DESC LIMIT ${MAX_LISTED}) AS latest`;
    const rows = await this.#client.mandate.findMany({
      where: { id: { in: latest.map(({ id }) => id) } },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    });
    return rows.map(toMandate);
  }

  countRecurring(customerId: string): Promise<number> {
    return this.#client.mandate.count({ where: { customerId, purpose: { not: 'MEMBERSHIP' }, endedAt: null } });
  }

  async due(now: Date, limit: number): Promise<Mandate[]> {
    const rows = await this.#client.mandate.findMany({
      where: { nextActionAt: { lte: now }, charges: { none: { status: 'OPEN' } } },
      orderBy: { nextActionAt: 'asc' },
      take: limit,
    });
    return rows.map(toMandate);
  }

  async secondsOverdue(now: Date): Promise<number> {
    const [oldest] = await this.due(now, 1);
    return oldest?.nextActionAt ? (now.getTime() - oldest.nextActionAt.getTime()) / 1_000 : 0;
  }

  async hadTrial(customerId: string): Promise<boolean> {
    const where = { customerId, trialEndsAt: { not: null } };
    return (await this.#client.mandate.count({ where })) > 0;
  }

  async assertNew({ caller, operation, key }: IdempotencyRow): Promise<void> {
    const where = { caller, operation, key };
    if ((await this.#client.idempotencyKey.count({ where })) > 0) throw new CodedError('IDEMPOTENCY_IN_PROGRESS');
  }

  async create(
    mandate: NewMandate,
    plan: MembershipPlan | null,
    idempotency: IdempotencyRow,
  ): Promise<Mandate | MandateRefusal> {
    try {
      return await this.#client.$transaction(async (tx) => {
        await insertIdempotencyKey(tx, idempotency, mandate.id);
        const created = toMandate(await tx.mandate.create({ data: mandateColumns(mandate) }));
        if (plan && created.status === 'ACTIVE') await appendToOutbox(tx, membershipChanged(created, plan));
        return created;
      }, TRANSACTION_LIMITS);
    } catch (error) {
      if (isUniqueViolation(error, 'mandates_one_membership')) return 'MEMBERSHIP_EXISTS';
      if (isUniqueViolation(error, 'mandates_one_trial')) return 'TRIAL_USED';
      throw error;
    }
  }

  change(mandate: Mandate, change: MandateChange, plan: MembershipPlan | null): Promise<Mandate | null> {
    return this.#client.$transaction((tx) => changeMandate(tx, mandate, change, plan), TRANSACTION_LIMITS);
  }

  async announceTrialEnd(membership: Membership, plan: MembershipPlan, nextActionAt: Date): Promise<void> {
    await this.#client.$transaction(async (tx) => {
      const changed = await changeMandate(tx, membership, { nextActionAt }, null);
      if (changed) await appendToOutbox(tx, [trialEnding(membership, plan)]);
    }, TRANSACTION_LIMITS);
  }
}

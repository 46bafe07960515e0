import { isUniqueViolation } from '@marquee/database';
import { appendToOutbox, audited, type NewEvent } from '@marquee/events';
import { toMoney } from '@marquee/money';
import type { MembershipPlan as PlanRow, PrismaClient } from '@marquee/prisma-payments';
import { isPossibleId } from '@marquee/subgraph/ids';

import type { MembershipPlan, NewMembershipPlan } from '../../domain/billing/membership-plan.ts';
import type { MembershipPlans, PlansWanted } from '../../domain/billing/ports.ts';

/** Membership plans. */
export class MembershipPlanRepository implements MembershipPlans {
  readonly #client: Pick<PrismaClient, 'membershipPlan' | '$transaction'>;

  constructor(client: Pick<PrismaClient, 'membershipPlan' | '$transaction'>) {
    this.#client = client;
  }

  async findMany(ids: readonly string[]): Promise<MembershipPlan[]> {
    const rows = await this.#client.membershipPlan.findMany({ where: { id: { in: ids.filter(isPossibleId) } } });
    return rows.map(toPlan);
  }

  async list({ currency, country }: PlansWanted): Promise<MembershipPlan[]> {
    const rows = await this.#client.membershipPlan.findMany({
      where: { ...(currency !== null && { currency }), ...(country !== null && { country }) },
      orderBy: [{ currency: 'asc' }, { amount: 'asc' }, { id: 'asc' }],
    });
    return rows.map(toPlan);
  }

  /** Adds plans, except those whose ids exist. */
  async addMissing(plans: readonly NewMembershipPlan[]): Promise<void> {
    await this.#client.membershipPlan.createMany({ data: plans.map(toRow), skipDuplicates: true });
  }

  async create(plan: NewMembershipPlan): Promise<MembershipPlan | 'EXISTS'> {
    try {
      return await this.#client.$transaction(async (tx) => {
        const created = toPlan(await tx.membershipPlan.create({ data: toRow(plan) }));
        await appendToOutbox(tx, [planCreated(plan)]);
        return created;
      });
    } catch (error) {
      if (isUniqueViolation(error, 'membership_plans_once')) return 'EXISTS';
      throw error;
    }
  }
}

function planCreated({ id: subjectId, createdBy: actorId }: NewMembershipPlan): NewEvent {
  const subject = { subjectType: 'MembershipPlan', subjectId };
  return audited('payments', { ...subject, actorId, action: 'membership-plan.created', detail: null });
}

const toRow = ({ price, benefits, ...plan }: NewMembershipPlan) => ({ ...plan, ...price, ...benefits });

export function toPlan(row: PlanRow): MembershipPlan {
  const { id, name, description, interval, amount, currency, country, trialDays } = row;
  const { freeCancellations, bookingFeePercentOff } = row;
  return {
    ...{ id, name, description, interval, country, trialDays },
    price: toMoney(amount, currency),
    benefits: { freeCancellations, bookingFeePercentOff },
  };
}

import { PrismaClient } from '@marquee/prisma-promotions';
import type { OrganisationRoleOf, ServiceCalls } from '@marquee/subgraph';
import { newCityId, newId } from '@marquee/subgraph';
import { type Harness, type HarnessOptions, openHarness, userCaller } from '@marquee/testkit/harness';

import type { HeldSale } from '../src/domain/ports.ts';
import { subgraph } from '../src/subgraph.ts';

export { userCaller as user };

/** Booking and accounts as promotions asks them. */
export interface Others {
  readonly holds: Map<string, HeldSale>;
  /** The bookings with a coupon, by their hold. */
  readonly bookings: Map<string, string>;
  readonly roles: Map<string, readonly OrganisationRoleOf[]>;
  /** Holds of which nobody answers. */
  readonly silent: Set<string>;
  /** Holds that are gone when their price is asked. */
  readonly leaving: Set<string>;
}

export interface PromotionsHarness extends Harness<PrismaClient> {
  readonly others: Others;
}

/** The subgraph, with stand-ins for those that it asks. */
export async function openPromotions(options: Partial<HarnessOptions> = {}): Promise<PromotionsHarness> {
  const others: Others = {
    holds: new Map(),
    bookings: new Map(),
    roles: new Map(),
    silent: new Set(),
    leaving: new Set(),
  };
  const harness = await openHarness(subgraph, PrismaClient, { calls: answering(others), start: false, ...options });
  return { ...harness, others };
}

/** The statements that wait for a lock. */
export async function lockWaits({ database }: Pick<PromotionsHarness, 'database'>): Promise<number> {
  const [row] = await database.$queryRaw<{ waits: number }[]>`
    SELECT count(*)::int AS waits FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return row?.waits ?? 0;
}

function answering({ holds, bookings, roles, silent, leaving }: Others): ServiceCalls {
  const answer = ({ id = '', holdIds, userId, discount }: Asked): object => {
    if (userId !== undefined) return { organisationRoles: roles.get(userId) ?? [] };
    if (holdIds) {
      const followed = holdIds.filter((holdId) => bookings.has(holdId));
      return { couponBookings: followed.map((holdId) => ({ holdId, bookingId: bookings.get(holdId) })) };
    }
    if (silent.has(id)) throw new Error('connection refused');
    const hold = holds.get(id);
    const { amount = 0, currency = 'GBP' } = hold?.subtotal ?? {};
    if (discount === undefined) return { couponHold: hold ?? null };
    if (leaving.has(id)) return { couponHold: null };
    return { couponHold: { totalAfter: { amount: amount - discount, currency } } };
  };
  return {
    query: async <Data>(_subgraph: string, { variables }: { variables?: object | undefined }) =>
      answer(variables as Asked) as Data,
  };
}

interface Asked {
  readonly id?: string;
  readonly holdIds?: readonly string[];
  readonly userId?: string;
  readonly discount?: number;
}

/** A hold of two seats of 10.00 GBP in London. */
export function heldSale(change: Partial<HeldSale> = {}): HeldSale {
  return {
    ...{ holdId: newCityId('lon', 'hld'), customerId: newId('usr'), titleId: 'ttl_1', cityId: 'cty_lon' },
    ...{ organisationId: 'org_1', subtotal: { amount: 2_000, currency: 'GBP' }, discountable: 2_000 },
    ...{ isFirstBooking: true, isActive: true },
    ...change,
  };
}

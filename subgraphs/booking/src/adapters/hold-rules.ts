import type { UserError } from '@marquee/errors';
import type { PrismaClient } from '@marquee/prisma-booking';

import type { HoldClaim } from '../domain/ports.ts';
import { HoldTimeExceededError, SeatLimitExceededError, SeatsKeptError, SeatUnavailableError } from '../errors.ts';
import { freeExpiredPlaces } from './expired-places.ts';
import { nextPeriodStatement } from './hold-budget.ts';
import { seatIdsOf } from './seat-claims.ts';
import { isKeptForWaitlist } from './waitlist-claims.ts';

/** Check constraints that undo a hold: it lacks a seat, has too many, has no time left, or lacks a standing place. */
export const HOLD_RULES = [
  'seat_holds_all_or_none',
  'seat_holds_within_allowance',
  'seat_holds_has_time',
  'seat_counts_within_total',
] as const;
export type HoldRule = (typeof HOLD_RULES)[number];

/** Why the rule refused the claim; null when that has changed since, so that another attempt may succeed. */
export function refusalOf(client: PrismaClient, rule: HoldRule, claim: HoldClaim): Promise<UserError | null> {
  return REASONS[rule](client, claim);
}

const REASONS: Readonly<Record<HoldRule, (client: PrismaClient, claim: HoldClaim) => Promise<UserError | null>>> = {
  seat_holds_all_or_none: seatsTaken,
  seat_holds_within_allowance: limitExceeded,
  seat_holds_has_time: timeExceeded,
  seat_counts_within_total: placesTaken,
};

type ClaimOfSeats = Pick<HoldClaim, 'show' | 'seats' | 'customerId' | 'replacesOwn' | 'offerTo'>;

/** The refusal of a claim for seats that are taken. */
export async function seatsTaken(client: PrismaClient, claim: ClaimOfSeats): Promise<UserError | null> {
  const { show, seats } = claim;
  const [taken = []] = await takenSeats(client, [claim]);
  if (taken.length > 0) return new SeatUnavailableError(show.id, taken);
  const isKept = claim.offerTo === undefined && (await areKept(client, claim));
  return isKept ? new SeatsKeptError(show.id, seatIdsOf(seats)) : null;
}

/** The seats that each of these claims cannot have. */
export async function takenSeats(client: PrismaClient, claims: readonly ClaimOfSeats[]): Promise<string[][]> {
  const wanted = claims.flatMap(({ show, seats }, claim) => seats.map(({ id }) => ({ show, id, claim })));
  const rows = await client.$queryRaw<{ claim: number; seatId: string; customerId: string | null; isHeld: boolean }[]>`
    SELECT wanted.claim, seat_id AS "seatId", customer_id AS "customerId", state = 'HELD' AS "isHeld"
    FROM unnest(${wanted.map(({ show }) => show.cityCode)}::text[], ${wanted.map(({ show }) => show.id)}::text[],
      ${wanted.map(({ id }) => id)}::text[], ${wanted.map(({ claim }) => claim)}::int[])
      AS wanted (in_city, in_show, with_id, claim)
    CROSS JOIN LATERAL (
      SELECT seat_id, state, customer_id FROM seat_claims
      WHERE city_code = in_city AND show_id = in_show AND seat_id = with_id
        AND (expires_at IS NULL OR expires_at > now()) OFFSET 0) AS taken`;
  return claims.map(({ seats, customerId, replacesOwn }, claim) => {
    const isOwn = (row: (typeof rows)[number]) => replacesOwn && row.isHeld && row.customerId === customerId;
    const taken = new Set(rows.filter((row) => row.claim === claim && !isOwn(row)).map(({ seatId }) => seatId));
    return seatIdsOf(seats).filter((id) => taken.has(id));
  });
}

async function areKept(client: PrismaClient, claim: Pick<HoldClaim, 'seats' | 'show'>): Promise<boolean> {
  const [row] = await client.$queryRaw<{ kept: boolean }[]>`SELECT ${isKeptForWaitlist(claim)} AS kept`;
  return row?.kept ?? false;
}

async function placesTaken(client: PrismaClient, claim: HoldClaim): Promise<UserError | null> {
  const freed = await freeExpiredPlaces(client, claim);
  return freed > 0 ? null : new SeatUnavailableError(claim.show.id, seatIdsOf(claim.seats));
}

/** The seats that a customer has and may have. */
interface SeatUsage {
  readonly inShow: number;
  readonly unpaid: number;
  readonly maxSeats: number;
  readonly maxUnpaidSeats: number;
}

type LimitedClaim = Pick<HoldClaim, 'show' | 'seats' | 'customerId' | 'emailVerified' | 'maxSeats' | 'maxUnpaidSeats'>;

/** The refusal of a claim that gives its customer too many seats. */
export async function limitExceeded(client: PrismaClient, claim: LimitedClaim): Promise<UserError | null> {
  const { show, seats, customerId, emailVerified } = claim;
  const [usage] = await client.$queryRaw<SeatUsage[]>`
    SELECT in_show AS "inShow", unpaid, seats_allowed(${customerId}, ${claim.maxSeats}::int) AS "maxSeats",
      seats_allowed(${customerId}, ${claim.maxUnpaidSeats}::int) AS "maxUnpaidSeats"
    FROM lock_seat_usage(${customerId}, ${show.cityCode}, ${show.id}, '{}')`;
  if (!usage) return null;
  const { inShow, unpaid, maxSeats, maxUnpaidSeats } = usage;
  if (inShow + seats.length > maxSeats) return SeatLimitExceededError.inShow(maxSeats, inShow, emailVerified);
  return unpaid + seats.length > maxUnpaidSeats ? SeatLimitExceededError.unpaid(maxUnpaidSeats, unpaid) : null;
}

/** The refusal of a claim whose customer has no time left to keep seats without paying. */
export async function timeExceeded(
  client: PrismaClient,
  { show, customerId }: Pick<HoldClaim, 'show' | 'customerId'>,
): Promise<UserError | null> {
  const key = { cityCode: show.cityCode, showId: show.id, customerId };
  const [next] = await client.$queryRaw<{ availableAt: Date }[]>(nextPeriodStatement(key));
  return next ? new HoldTimeExceededError(next.availableAt) : null;
}

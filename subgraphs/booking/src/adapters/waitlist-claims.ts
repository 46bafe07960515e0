import { Prisma } from '@marquee/prisma-booking';

import type { HoldClaim } from '../domain/ports.ts';
import type { Show } from '../domain/show.ts';
import { isoInstant } from './iso-instant.ts';

/**
 * Whether the claimed seats are kept for those who wait for the show: as long as somebody waits for their price tier,
 * nobody else can hold them.
 */
export function isKeptForWaitlist({
  show,
  seats,
}: Pick<HoldClaim, 'seats'> & { readonly show: Pick<Show, 'cityCode' | 'id'> }): Prisma.Sql {
  const tierIds = [...new Set(seats.map(({ tierId }) => tierId))];
  return Prisma.sql`EXISTS (SELECT FROM waitlist_entries
    WHERE city_code = ${show.cityCode} AND show_id = ${show.id} AND status = 'WAITING'
      AND (tier_id IS NULL OR tier_id = ANY (${tierIds}::text[])))`;
}

/** The party that is offered the seats, locked, so that it is offered seats once; `offerTo` is its entry. */
export const partyOf = (offerTo: string, cityCode: string): Prisma.Sql => Prisma.sql`
  SELECT city_code, id FROM waitlist_entries
  WHERE city_code = ${cityCode} AND id = ${offerTo} AND status = 'WAITING' FOR UPDATE`;

/** Turns the hold into the offer, and tells the customer. Needs parts of the statement named `party` and `held`. */
export const offerStatement = (cityCode: string, traceparent: string | null): Prisma.Sql => Prisma.sql`
  offered AS (
    UPDATE waitlist_entries AS entry SET status = 'OFFERED', hold_id = held.id FROM party, held
    WHERE entry.city_code = ${cityCode} AND entry.id = party.id
    RETURNING entry.id, entry.city_code, entry.show_id, entry.customer_id, entry.party_size, held.expires_at
  ), offer_emitted AS (
    INSERT INTO outbox_events (id, type, key, payload, traceparent)
    SELECT gen_random_uuid(), 'booking.waitlist-offered', offered.id, jsonb_build_object('entryId', offered.id,
      'customerId', customer_id, 'showId', show_id, 'titleName', title_name, 'venueName', venue_name,
      'startsAt', ${isoInstant('starts_at')}, 'timeZone', time_zone, 'partySize', party_size,
      'expiresAt', ${isoInstant('offered.expires_at')}), ${traceparent}
    FROM offered JOIN shows ON shows.city_code = ${cityCode} AND shows.id = show_id
  )`;

import { type Sql, sql } from '@marquee/database';

const SOLD_ONCE = 'no seat has two live tickets';
const HAS_SEAT = 'a live ticket has its seat, and a sold seat its ticket';
const HAS_REASON = 'a seat is kept for a live hold, or for a booking that awaits payment';
const COUNTED = 'counters equal a recount, and are never above capacity';
const IN_TIME = 'no hold, booking, change of show or transfer is open beyond its time';
const TRANSFERS = 'a pending transfer can be accepted, and each accepted one made the code new';
const OFFERS = 'an offer of the waitlist is a hold for the whole party, and a purchase its booking';
const FOLD = 'a booking is the fold of its events';
const PAID = 'a confirmed booking has its captured payments, and a captured payment its booking or a refund';
const LOST = 'a payment that was lost in a dispute has no unused ticket';
const REFUNDED = 'a refund that a booking requires is made once, and the booking told';
const AT_REST = 'a payment, refund, payout or webhook is done, or is looked at again in time';
const LEDGER = 'the ledger balances, and equals the provider’s books';
const INVOICES = 'a country’s invoices have the numbers 1 to the last of its series';
const RECEIVED = 'every consumer has received every event, and could handle it';
const TOLD = 'the customer of a confirmed booking is told once';
const NUMBERED = 'a person’s notifications have the numbers 1 to that of the inbox';
const COUPONS = 'a coupon’s counts are those of its uses, and no limit is exceeded';
const COUPONS_OF_BOOKINGS = 'a coupon is reserved, redeemed or returned as its booking says';
const REPORTS = 'a campaign’s report is the count of its placements, and within its limits';
const AD_SPEND = 'what campaigns have settled is what their organisations owe in the ledger';
const MESSAGES = 'a support ticket’s messages have the numbers 1 to its last';
const RECOUNTED = 'a rating is the count of its reviews';

const raw = (text: string): Sql => sql([text]);

/** A copy of rows with other values. */
const copyOf = (table: string, values: object, where = 'true'): Sql => sql`
  INSERT INTO ${raw(table)} SELECT (jsonb_populate_record(original, ${JSON.stringify(values)}::jsonb)).*
  FROM ${raw(table)} AS original WHERE ${raw(where)}`;
/** Changes of one database that constraints and triggers would refuse, and the rules that they break. */
export type Planted = readonly [what: string, domain: string, broken: readonly string[], ...changes: Sql[]];

export const PLANTED: readonly Planted[] = [
  [
    ...(['a seat that was sold twice', 'booking', [SOLD_ONCE, FOLD]] as const),
    raw('DROP INDEX tickets_one_live_a_seat'),
    copyOf('tickets', { id: 'lon_tkt_twice' }, `status = 'ISSUED'`),
  ],
  [
    'a ticket of another seat',
    'booking',
    [HAS_SEAT],
    sql`UPDATE seat_claims SET booking_id = 'lon_bkg_other' WHERE state = 'SOLD'`,
  ],
  ['a sold seat without a claim', 'booking', [HAS_SEAT, COUNTED], sql`DELETE FROM seat_claims WHERE state = 'SOLD'`],
  ['a seat that stays sold', 'booking', [HAS_SEAT, TRANSFERS, FOLD], sql`UPDATE tickets SET status = 'CANCELLED'`],
  [
    'a seat that is held for nobody',
    'booking',
    [HAS_REASON],
    sql`UPDATE seat_holds SET status = 'RELEASED' WHERE status = 'ACTIVE'`,
  ],
  [
    'a seat that waits for no payment',
    'booking',
    [HAS_REASON],
    sql`UPDATE seat_claims SET booking_id = 'lon_bkg_other' WHERE state = 'PENDING'`,
  ],
  ['a show that counts a seat too many', 'booking', [COUNTED], sql`UPDATE shows SET held_count = held_count + 1`],
  [
    'a section that counts a seat too few',
    'booking',
    [COUNTED],
    sql`UPDATE seat_counts SET sold_count = sold_count - 1`,
  ],
  [
    ...(['more people than a section holds', 'booking', [COUNTED]] as const),
    raw('ALTER TABLE seat_counts DROP CONSTRAINT seat_counts_within_total'),
    sql`UPDATE seat_counts SET total_count = 2`,
  ],
  [
    'a hold beyond its time',
    'booking',
    [IN_TIME],
    sql`UPDATE seat_holds SET created_at = now() - interval '1 hour', expires_at = now() - interval '2 minutes'`,
  ],
  [
    'a booking beyond its time',
    'booking',
    [IN_TIME, FOLD],
    sql`UPDATE bookings SET expires_at = now() - interval '2 minutes'`,
  ],
  [
    'a move beyond its time',
    'booking',
    [IN_TIME, FOLD],
    sql`UPDATE bookings SET pending_reschedule = '{"expiresAt": "2020-01-01T00:00:00Z"}'`,
  ],
  [
    'a transfer beyond its time',
    'booking',
    [IN_TIME],
    sql`UPDATE ticket_transfers SET expires_at = now() - interval '2 minutes'`,
  ],
  ['a transfer by who has lost the ticket', 'booking', [TRANSFERS], sql`UPDATE tickets SET holder_id = 'usr_other'`],
  ['a code without a transfer', 'booking', [TRANSFERS], sql`UPDATE tickets SET code_version = 2`],
  [
    'an offer for a part of the party',
    'booking',
    [OFFERS],
    sql`INSERT INTO waitlist_entries (city_code, id, show_id, customer_id, party_size, status, hold_id, email_verified)
      SELECT city_code, 'lon_wle_part', show_id, customer_id, 2, 'OFFERED', id, true FROM seat_holds WHERE status = 'ACTIVE'`,
  ],
  [
    'a purchase without a booking',
    'booking',
    [OFFERS],
    sql`INSERT INTO waitlist_entries (city_code, id, show_id, customer_id, party_size, status, hold_id, email_verified)
      SELECT city_code, 'lon_wle_free', show_id, customer_id, 1, 'PURCHASED', id, true FROM seat_holds WHERE status = 'ACTIVE'`,
  ],
  ['a booking without its last event', 'booking', [FOLD], sql`UPDATE bookings SET version = version + 1`],
  [
    'a confirmed booking without a payment',
    'booking',
    [FOLD, PAID],
    sql`UPDATE bookings SET payment_id = 'pay_other' WHERE payment_id IS NOT NULL`,
  ],
  [
    'a payment that bought nothing',
    'payments',
    [PAID, REFUNDED],
    sql`UPDATE payments SET booking_id = 'lon_bkg_other'`,
  ],
  [
    ...(['a refund that was made twice', 'payments', [REFUNDED, LEDGER]] as const),
    copyOf('refunds', {
      id: 'rfd_twice',
      status: 'PENDING',
      provider_ref: null,
      settled_at: null,
      next_try_at: '2100-01-01',
    }),
  ],
  ['a refund that failed', 'payments', [REFUNDED, LEDGER], sql`UPDATE refunds SET status = 'FAILED'`],
  [
    'a refund that booking forgot',
    'booking',
    [FOLD, REFUNDED],
    sql`DELETE FROM booking_events WHERE type = 'REFUNDED'`,
  ],
  [
    ...(['a payment that nobody looks at', 'payments', [AT_REST]] as const),
    copyOf('payments', {
      id: 'pay_open',
      status: 'PROCESSING',
      charge_id: null,
      request_number: 9,
      refunded_amount: 0,
      card_source: 'tok_visa',
      settled_at: null,
      next_check_at: null,
    }),
  ],
  [
    'a webhook that nobody handles',
    'payments',
    [AT_REST],
    sql`UPDATE provider_events SET handled_at = NULL, next_try_at = '2020-01-01'`,
  ],
  ['a balance of more than its postings', 'payments', [LEDGER], sql`UPDATE ledger_balances SET amount = amount + 1`],
  [
    'a charge that our books do not have',
    'sandbox-provider',
    [LEDGER],
    copyOf('charges', { id: 'ch_other', reference: 'pay_other', idempotency_key: 'other', action_id: null }),
  ],
  [
    'an invoice that is missing',
    'payments',
    [INVOICES],
    sql`INSERT INTO invoice_series (country, last) VALUES ('NL', 1)`,
  ],
  ['an event without effect', 'notifications', [RECEIVED], sql`DELETE FROM inbox_events`],
  [
    ...(['an event that was given up', 'notifications', [RECEIVED]] as const),
    sql`INSERT INTO dead_letters (consumer, event_id, type, event, error, attempts)
      VALUES ('notifications', gen_random_uuid(), 'booking.confirmed', '{}', 'planted', 3)`,
  ],
  [
    'a customer who was told twice',
    'notifications',
    [TOLD, NUMBERED],
    copyOf('notifications', { id: 'ntf_twice' }, `message ->> 'key' = 'bookingConfirmed'`),
  ],
  [
    'a customer who was not told',
    'notifications',
    [TOLD, NUMBERED],
    sql`DELETE FROM notifications WHERE message ->> 'key' = 'bookingConfirmed'`,
  ],
  [
    'a support ticket whose message is gone',
    'support',
    [MESSAGES],
    sql`INSERT INTO support_tickets (id, customer_id, category, subject, status, priority, country, time_zone, queue_at,
      first_response, resolution, last_sequence, last_note, version, public_version, queue_version, created_at, updated_at)
      VALUES ('sup_1', 'usr_1', 'OTHER', 'Hello', 'OPEN', 'LOW', 'GB', 'Europe/London', now(), '{}', '{}', 1, 0, 1, 1, 0,
      now(), now())`,
  ],
  ['a number that nobody has', 'notifications', [NUMBERED], sql`UPDATE inboxes SET version = version + 1`],
  [
    'a rating without its review',
    'ratings',
    [RECOUNTED],
    sql`INSERT INTO rating_summaries (subject_type, subject_id, version, stars_1, stars_2, stars_3, stars_4, stars_5, prior_tenths)
      VALUES ('TITLE', 'ttl_other', 1, 0, 0, 0, 0, 1, 35)`,
  ],
  [
    'a lost payment whose tickets admit',
    'payments',
    [LOST, LEDGER],
    sql`INSERT INTO payment_disputes (id, provider, provider_ref, payment_id, amount, currency, fee, reason, status, reserved,
        created_at, closed_at)
      SELECT 'dsp_planted_' || id, 'sandbox', 'dp_' || id, id, 1, currency, 0, 'fraudulent', 'LOST', 0, now(), now()
      FROM payments WHERE booking_id IS NOT NULL AND status = 'SUCCEEDED'`,
  ],
  [
    'a use of a coupon that is not counted, of a booking that does not exist',
    'promotions',
    [COUPONS, COUPONS_OF_BOOKINGS],
    sql`INSERT INTO coupon_redemptions (hold_id, coupon_id, customer_id, booking_id, status, amount, currency,
      first_booking_only, reserved_at)
      VALUES ('lon_hld_none', 'cou_none', 'usr_none', 'lon_bkg_none', 'REDEEMED', 100, 'GBP', false, now())`,
  ],
  [
    'an impression without its placement',
    'ads',
    [REPORTS],
    sql`INSERT INTO campaign_days (campaign_id, day, spent_milli, impressions, clicks)
      VALUES ('cmp_none', current_date, 500, 1, 0)`,
  ],
  [
    'spend that is not in the ledger',
    'ads',
    [AD_SPEND],
    sql`INSERT INTO settlements (id, campaign_id, organisation_id, amount, currency, impressions, from_at, to_at)
      VALUES ('stl_none', 'cmp_none', 'org_none', 5, 'EUR', 1, now(), now())`,
  ],
];

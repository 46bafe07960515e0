import { type Sql, sql } from '@marquee/database';

import { unevenness } from './clicks.ts';

/** Others of a link that are counted; more say nothing more. */
const MOST_OTHERS = 100;
/** The latest devices, networks and cards of a person that are looked at. */
const MOST_LINKS = 30;
/** The latest who joined by an invitation that are looked at: many people share the code of somebody famous. */
const MOST_INVITED = 60;
/** Others of an invitation who may be family: they share what a ring shares. */
const HOUSEHOLD = 1;

const day = (at: Sql): Sql => sql`at > ${at} - interval '1 day'`;

/** The features of people, from all that is known about them, and their last booking. @param at the present moment */
export const featureStatement = (userIds: readonly string[], at: Sql): Sql => sql`
  SELECT person.user_id AS "userId", facts.*, others.*, around.*, pace.*, invited."invitedTogether" + rewarded."rewardedTogether"
      AS "invitedTogether",
    facts.abandoned AS "abandonedHolds", facts.abandoned::float / (facts.abandoned + facts.bought + 2) AS "abandonedShare",
    facts."transferredSeats"::float / (greatest(facts."transferredSeats", facts.seats) + 2) AS "transferredShare",
    invited."invitationRing"
  FROM unnest(${userIds}::text[]) AS person (user_id)
  CROSS JOIN LATERAL (${facts(at)}) AS facts
  CROSS JOIN LATERAL (${others(at)}) AS others
  CROSS JOIN LATERAL (${around(at)}) AS around
  CROSS JOIN LATERAL (${pace(at)}) AS pace
  CROSS JOIN LATERAL (${invited(at)}) AS invited
  CROSS JOIN LATERAL (${rewarded}) AS rewarded`;

const isWanted = sql`show_id IN (SELECT show_id FROM high_demand_shows)`;

const facts = (at: Sql): Sql => sql`
  SELECT count(*) FILTER (WHERE kind = 'BOOKED' AND at > ${at} - interval '1 hour')::int AS "bookingsLastHour",
    count(*) FILTER (WHERE kind = 'ABANDONED' AND ${day(at)})::int AS abandoned,
    count(*) FILTER (WHERE kind = 'CONFIRMED' AND ${day(at)})::int AS bought,
    coalesce(sum(seats) FILTER (WHERE kind = 'ABANDONED' AND ${day(at)} AND ${isWanted}), 0)::int AS "abandonedInDemand",
    count(DISTINCT coalesce(subject, '')) FILTER (WHERE kind = 'DECLINED' AND ${day(at)})::int AS "declinedCards",
    count(DISTINCT subject) FILTER (WHERE kind IN ('PAID', 'DECLINED') AND ${day(at)})::int AS cards,
    coalesce(sum(seats) FILTER (WHERE kind = 'CONFIRMED' AND ${isWanted}), 0)::int AS "highDemandSeats",
    coalesce(sum(seats) FILTER (WHERE kind = 'CONFIRMED'), 0)::int AS seats,
    coalesce(sum(seats) FILTER (WHERE kind = 'TRANSFERRED'), 0)::int AS "transferredSeats",
    (array_agg(booking_id ORDER BY at DESC) FILTER (WHERE booking_id IS NOT NULL))[1] AS "bookingId"
  FROM risk_signals AS signal
  WHERE signal.user_id = person.user_id AND at > ${at} - interval '7 days'`;

const others = (at: Sql): Sql => sql`
  SELECT coalesce(max(others) FILTER (WHERE kind = 'CARD'), 0)::int AS "accountsOnCard",
    coalesce(max(others) FILTER (WHERE kind = 'DEVICE'), 0)::int AS "accountsOnDevice",
    coalesce(max(others) FILTER (WHERE kind = 'NETWORK'), 0)::int AS "accountsOnNetwork"
  FROM (
    SELECT own.kind, (SELECT count(*) FROM (
      SELECT FROM risk_links AS other
      WHERE other.kind = own.kind AND other.key = own.key AND other.user_id <> own.user_id
        AND other.last_at > ${at} - CASE own.kind WHEN 'CARD' THEN interval '30 days' ELSE interval '7 days' END
      LIMIT ${MOST_OTHERS}) AS known) AS others
    FROM (SELECT kind, key, user_id FROM risk_links AS link
      WHERE link.user_id = person.user_id AND kind <> 'INVITATION' AND last_at > ${at} - interval '30 days'
      ORDER BY last_at DESC LIMIT ${MOST_LINKS}) AS own) AS counted`;

/** Counts of those who share a card or a device with the person. */
const around = (at: Sql): Sql => sql`
  SELECT coalesce(sum(seats) FILTER (WHERE other.kind = 'CARD' AND signal.kind = 'CONFIRMED' AND ${isWanted}), 0)::int
      AS "highDemandSeatsOnCard",
    count(DISTINCT signal.subject) FILTER (WHERE other.kind = 'DEVICE' AND signal.kind = 'DECLINED' AND ${day(at)})::int
      AS "declinedOnDevice"
  FROM (SELECT DISTINCT other.kind, other.user_id FROM risk_links AS own JOIN risk_links AS other USING (kind, key)
    WHERE own.user_id = person.user_id AND other.user_id <> own.user_id AND own.kind IN ('CARD', 'DEVICE')
      AND own.last_at > ${at} - interval '7 days' AND other.last_at > ${at} - interval '7 days'
    LIMIT ${MOST_OTHERS}) AS other
  JOIN risk_signals AS signal USING (user_id)
  WHERE at > ${at} - interval '7 days' AND signal.kind IN ('CONFIRMED', 'DECLINED')`;

const PACE = unevenness(sql`sum(gaps)`, sql`sum(gap_sum)`, sql`sum(gap_squares)`);

const pace = (at: Sql): Sql => sql`
  SELECT coalesce(sum(fast), 0)::int AS "fastClicks",
    CASE WHEN sum(gaps) >= 20 THEN greatest(0, 1 - coalesce(${PACE}, 0)) ELSE 0 END::float AS "clickRegularity"
  FROM risk_clicks WHERE actor_id = person.user_id AND hour > ${at} - interval '1 day'`;

/** Whether the person and somebody else were seen on one device, or paid with one card. */
const isTogether = (other: Sql): Sql => sql`EXISTS (
  SELECT FROM risk_links AS own JOIN risk_links AS theirs USING (kind, key)
  WHERE own.user_id = person.user_id AND own.kind IN ('DEVICE', 'CARD') AND theirs.user_id = ${other})`;

/** Whether somebody who joined by the person's invitation shares a device or card with another who did. */
const isInRing = sql`EXISTS (
  SELECT FROM risk_links AS own JOIN risk_links AS theirs USING (kind, key)
  JOIN risk_links AS joined ON joined.kind = 'INVITATION' AND joined.key = member.key AND joined.user_id = theirs.user_id
  WHERE own.user_id = member.user_id AND own.kind IN ('DEVICE', 'CARD') AND theirs.user_id <> own.user_id)`;

/** A ring counts for its own alone: whoever knows a code could else have those suspected who joined by it before. */
const invited = (at: Sql): Sql => sql`
  SELECT greatest(0, together - ${HOUSEHOLD}::int)::int AS "invitedTogether",
    CASE WHEN together > 0 THEN greatest(0, ring - ${HOUSEHOLD}::int) ELSE 0 END::int AS "invitationRing"
  FROM (SELECT count(*) FILTER (WHERE ${isTogether(sql`member.user_id`)}) AS together,
      count(*) FILTER (WHERE ${isInRing}) AS ring
    FROM (
      SELECT joined.key, joined.user_id FROM risk_links AS own
      JOIN risk_links AS joined ON joined.kind = 'INVITATION' AND joined.key = own.key AND joined.user_id <> own.user_id
      WHERE own.user_id = person.user_id AND own.kind = 'INVITATION' AND joined.first_at > ${at} - interval '7 days'
      ORDER BY joined.first_at DESC LIMIT ${MOST_INVITED}) AS member) AS counted`;

const rewarded = sql`
  SELECT count(DISTINCT subject)::int AS "rewardedTogether" FROM risk_signals AS signal
  WHERE signal.user_id = person.user_id AND kind = 'REWARDED' AND ${isTogether(sql`subject`)}`;

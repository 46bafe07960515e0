import { openPlainClient, type PlainClient } from '@marquee/database';
import { deadLetters, unreceivedEvents } from '@marquee/events';
import { subgraphNames } from '@marquee/stack/subgraphs';

import { queryDatabase } from './query-database.ts';
import type { World } from './world.ts';

/** Violations that every scenario looks for; none once all work is done and nothing was lost. */
export async function findViolations(world: World): Promise<string[]> {
  const found = await Promise.all([unfinishedPayments(world), missingNotifications(world), unfinishedEvents(world)]);
  return found.flat();
}

/** Events that a consumer has not received or could not handle. */
async function unfinishedEvents(world: World): Promise<string[]> {
  const databases = new Map<string, PlainClient>();
  try {
    for (const name of subgraphNames()) databases.set(name, await openPlainClient(world.databaseUrl(name)));
    const found: string[] = [];
    for (const [name, database] of databases) {
      const unreceived = await unreceivedEvents(name, database, (consumer) => databases.get(consumer));
      found.push(...unreceived.map(({ consumer, type, id }) => `${consumer} has not received ${type} ${id}`));
      const given = await deadLetters(database, name);
      found.push(...given.map(({ type, id, error }) => `${name} gave up on ${type} ${id}: ${error}`));
    }
    return found;
  } finally {
    await Promise.all([...databases.values()].map((database) => database.close()));
  }
}

interface Captured {
  id: string;
  booking_id: string;
  refunds: number;
}

/** Captured payments with neither tickets nor a refund, or with both. */
async function unfinishedPayments(world: World): Promise<string[]> {
  const captured = await queryDatabase<Captured>(
    world.databaseUrl('payments'),
    `SELECT id, booking_id, (SELECT count(*)::int FROM refunds r WHERE r.payment_id = p.id AND r.status = 'SUCCEEDED') AS refunds
     FROM payments p WHERE status = 'SUCCEEDED' AND booking_id IS NOT NULL`,
  );
  const paidFor = await queryDatabase<{ payment_id: string }>(
    world.databaseUrl('booking'),
    `SELECT payment_id FROM bookings b WHERE payment_id IS NOT NULL
       AND cardinality(seat_ids) = (SELECT count(*) FROM tickets t WHERE t.city_code = b.city_code AND t.booking_id = b.id)`,
  );
  const ticketed = new Set(paidFor.map(({ payment_id }) => payment_id));
  return captured
    .filter(({ id, refunds }) => (ticketed.has(id) ? 1 : 0) + refunds !== 1)
    .map(({ id, booking_id, refunds }) => {
      const outcome = ticketed.has(id) ? 'tickets and a refund' : `neither tickets nor a refund (${refunds} refunds)`;
      return `payment ${id} of ${booking_id} has ${outcome}`;
    });
}

/** Confirmed bookings that their customer was not notified of. */
async function missingNotifications(world: World): Promise<string[]> {
  const confirmed = await queryDatabase<{ id: string }>(
    world.databaseUrl('booking'),
    `SELECT id FROM bookings WHERE status = 'CONFIRMED'`,
  );
  const notified = await queryDatabase<{ booking_id: string }>(
    world.databaseUrl('notifications'),
    `SELECT booking_id FROM notifications WHERE booking_id IS NOT NULL AND kind = 'BOOKING'`,
  );
  const known = new Set(notified.map(({ booking_id }) => booking_id));
  return confirmed.filter(({ id }) => !known.has(id)).map(({ id }) => `nobody was notified of booking ${id}`);
}

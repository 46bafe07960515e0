import { graphClient } from '@marquee/stack/client';
import { DEMO_PASSWORD } from '@marquee/stack/demo/purchase';
import { Login } from '@marquee/stack/demo/operations';

import { queryDatabase } from '../query-database.ts';
import type { World } from '../world.ts';
import { watchBooking } from './booking-watcher.ts';
import { CARRIERS } from './live-stream.ts';
import { type Person, watchNotifications } from './notification-watcher.ts';
import { watchSeatMap } from './seat-map-watcher.ts';
import type { Watcher } from './watcher.ts';

/** The live clients of a scenario. */
export interface Watchers {
  events(): number;
  gaps(): number;
  violations(): Promise<readonly string[]>;
  stop(): void;
}

const WATCHED_SHOWS = 4;
const WATCHED_BOOKINGS = 30;
const LOOK_FOR_BOOKINGS_MS = 500;

/**
 * Watches the seat maps and notifications of a sale from its start, and some of its bookings, half over WebSocket and
 * half over event streams.
 */
export async function startWatchers(world: World, showIds: readonly string[], emails: readonly string[]) {
  const people = await Promise.all(emails.map((email) => signIn(world, email)));
  const notifications = people.flatMap((person) =>
    CARRIERS.map((carrier) => watchNotifications(world, person, carrier)),
  );
  const { endpoint } = world;
  const maps = showIds.slice(0, WATCHED_SHOWS);
  const watchers: Watcher[] = [
    ...(await Promise.all(notifications)),
    ...maps.flatMap((showId) => CARRIERS.map((carrier) => watchSeatMap({ endpoint, carrier }, showId))),
  ];
  const stopLooking = lookForBookings(world, people, (watcher) => watchers.push(watcher));
  const sum = (of: 'events' | 'gaps') => watchers.reduce((total, { count }) => total + count[of], 0);
  const started: Watchers = {
    events: () => sum('events'),
    gaps: () => sum('gaps'),
    violations: async () => (await Promise.all(watchers.map(violationsOf))).flat(),
    stop: () => {
      stopLooking();
      for (const watcher of watchers) watcher.stop();
    },
  };
  return started;
}

async function violationsOf(watcher: Watcher): Promise<readonly string[]> {
  try {
    return await watcher.violations();
  } catch (error) {
    return [`what a watcher saw cannot be compared: ${error instanceof Error ? error.message : String(error)}`];
  }
}

async function signIn({ endpoint }: World, email: string): Promise<Person> {
  const { login } = await graphClient({ endpoint }).request(Login, { input: { email, password: DEMO_PASSWORD } });
  if (login.accessToken === undefined || !login.user) throw new Error(`${email} is not signed in: ${login.message}`);
  return { userId: login.user.id, accessToken: login.accessToken };
}

/** Follows new bookings that await their payment. @returns a function that ends the search */
function lookForBookings(world: World, people: readonly Person[], add: (watcher: Watcher) => void): () => void {
  const tokens = new Map(people.map(({ userId, accessToken }) => [userId, accessToken]));
  const known = new Set<string>();
  const look = async (): Promise<void> => {
    const waiting = await queryDatabase<{ id: string; customer_id: string }>(
      world.databaseUrl('booking'),
      `SELECT id, customer_id FROM bookings WHERE status = 'PENDING_PAYMENT' ORDER BY created_at DESC LIMIT 5`,
    );
    for (const { id, customer_id: customerId } of waiting) {
      const accessToken = tokens.get(customerId);
      if (known.has(id) || known.size >= WATCHED_BOOKINGS || accessToken === undefined) continue;
      add(watchBooking(world, { id, accessToken }, CARRIERS[known.size % CARRIERS.length] ?? 'websocket'));
      known.add(id);
    }
  };
  const timer = setInterval(() => void look().catch(() => undefined), LOOK_FOR_BOOKINGS_MS);
  return () => clearInterval(timer);
}

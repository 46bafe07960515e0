import { queryDatabase } from '../query-database.ts';
import type { World } from '../world.ts';
import { keepOpen, type LiveEvent, type LiveStreamOptions } from './live-stream.ts';
import type { Watcher } from './watcher.ts';

interface Received {
  readonly notificationReceived: { readonly notification: { readonly id: string } };
}

export interface Person {
  readonly userId: string;
  readonly accessToken: string;
}

const QUERY = 'subscription { notificationReceived { notification { id } } }';

/** Collects a person's notifications. One that it missed without a gap is a violation, and so is a repeated one. */
export async function watchNotifications(
  world: World,
  { userId, accessToken }: Person,
  carrier: LiveStreamOptions<never>['carrier'],
): Promise<Watcher> {
  const name = `the notifications of ${userId} over ${carrier}`;
  const count = { events: 0, gaps: 0 };
  const found: string[] = [];
  const stored = async (): Promise<readonly string[]> => {
    const text = 'SELECT id FROM notifications WHERE user_id = $1';
    const rows = await queryDatabase<{ id: string }>(world.databaseUrl('notifications'), text, [userId]);
    return rows.map(({ id }) => id);
  };
  const known = new Set(await stored());
  const received = new Set<string>();
  let mayHaveMissed = false;
  const take = ({ data, extensions }: LiveEvent<Received>): void => {
    count.events += 1;
    if (extensions?.gap) count.gaps += 1;
    mayHaveMissed ||= extensions?.gap !== undefined;
    if (!data) return void (extensions?.gap ?? found.push(`${name}: an event without data and gap`));
    const { id } = data.notificationReceived.notification;
    if (received.has(id)) found.push(`${name}: ${id} was pushed again`);
    received.add(id);
  };
  let opened = 0;
  const stop = keepOpen<Received>({
    ...{ endpoint: world.endpoint, accessToken, carrier, query: QUERY, variables: {} },
    onOpen: () => {
      opened += 1;
      mayHaveMissed ||= opened > 1;
    },
    onEvent: take,
  });
  return {
    count,
    violations: async () => {
      const missed = missedAmong(
        (await stored()).filter((id) => !known.has(id)),
        received,
      );
      return [...found, ...(mayHaveMissed ? [] : missed.map((id) => `${name}: ${id} was missed without a gap`))];
    },
    stop,
  };
}

/**
 * The notifications that a live client should have received. A subscription does not say when it is live, so those before
 * the first that it received may be older; one that received nothing missed all of them.
 */
export function missedAmong(stored: readonly string[], received: ReadonlySet<string>): readonly string[] {
  const first = [...received].toSorted()[0] ?? '';
  return stored.filter((id) => id > first && !received.has(id));
}

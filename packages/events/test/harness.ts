import { connect, type SqlDatabase, type SqlTransaction } from '@marquee/database';
import { testDatabase, testRedis, type TestRedis } from '@marquee/testkit';
import { Redis } from 'ioredis';
import { onTestFinished } from 'vitest';

import { PrismaClient } from '../generated/client.ts';
import {
  appendToOutbox,
  createConsumer,
  createRelay,
  redisStreamsLog,
  type Consumer,
  type ConsumerOptions,
  type DeadLetter,
  deadLetters,
  type EventLog,
  type EventProblem,
  type NewEvent,
  type Relay,
  type RelayOptions,
} from '../src/index.ts';
import { QUICK_RETRY } from './retry-policy.ts';
import { catalogue, newEvent } from './sample-events.ts';

const EFFECTS =
  'CREATE TABLE effects (id serial PRIMARY KEY, event_id text NOT NULL, key text NOT NULL, show_id text NOT NULL)';

/** A domain's database and an event log, for one test. */
export interface Harness {
  readonly url: string;
  readonly client: PrismaClient & SqlDatabase;
  readonly redis: Redis;
  readonly keys: TestRedis;
  readonly log: EventLog;
  readonly problems: EventProblem[];
  relay(options?: Partial<RelayOptions>): Relay;
  consumer(options?: Partial<ConsumerOptions>): Consumer;
  /** Commits events to the outbox. */
  emit(...events: NewEvent[]): Promise<void>;
  /** The keys of the events that had an effect, in order. */
  effects(): Promise<string[]>;
  deadLetters(): Promise<DeadLetter[]>;
}

/** A log with some methods replaced. */
export function withOverrides(log: EventLog, changes: Partial<EventLog>): EventLog {
  return {
    catalogue: log.catalogue,
    append: (...what) => log.append(...what),
    redeliver: (...what) => log.redeliver(...what),
    waitingFor: (...what) => log.waitingFor(...what),
    takePost: (domain) => log.takePost(domain),
    setHorizon: (...what) => log.setHorizon(...what),
    horizons: (consumer) => log.horizons(consumer),
    subscribe: (subscription) => log.subscribe(subscription),
    ping: () => log.ping(),
    close: () => log.close(),
    ...changes,
  };
}

/** A sample event. @param key the show's id */
export function soldOut(key: string): NewEvent<'sample.sold-out'> {
  return newEvent('sample.sold-out', key, { showId: key, soldOut: true });
}

/** Sample events, each of another show. */
export function manySoldOut(count: number, prefix = 'show'): NewEvent[] {
  return Array.from({ length: count }, (_, position) => soldOut(`${prefix}-${position}`));
}

/** The default handler: inserts one row. */
export async function recordEffect(
  event: { id: string; key: string; payload: { showId: string } },
  tx: SqlTransaction,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO effects (event_id, key, show_id) VALUES (${event.id}, ${event.key}, ${event.payload.showId})`;
}

export async function openHarness({ redisUrl }: { redisUrl?: string } = {}): Promise<Harness> {
  // Any domain's database has the tables of events.
  const { url } = await testDatabase('notifications');
  const keys = { ...testRedis(), ...(redisUrl !== undefined && { url: redisUrl }) };
  const client = connect(PrismaClient, { url });
  await client.$executeRawUnsafe(EFFECTS);
  const redis = new Redis(keys.url).on('error', () => undefined);
  const log = redisStreamsLog({ redis, catalogue, namespace: keys.namespace });
  const problems: EventProblem[] = [];
  const report = (problem: EventProblem): void => void problems.push(problem);
  const running: (Relay | Consumer)[] = [];
  onTestFinished(async () => {
    await Promise.all(running.map((one) => one.stop()));
    await log.close();
    redis.disconnect();
    await client.$disconnect();
  });
  const stoppedAtEnd = <One extends Relay | Consumer>(one: One): One => {
    running.push(one);
    return one;
  };
  return {
    url,
    client,
    redis,
    keys,
    log,
    problems,
    relay: (options) =>
      stoppedAtEnd(
        createRelay({ domain: 'sample', client, log, report, pollMs: 100, acknowledgedWithinMs: 500, ...options }),
      ),
    consumer: (options) =>
      stoppedAtEnd(
        createConsumer({
          name: 'catalog',
          client,
          log,
          handlers: { 'sample.sold-out': recordEffect },
          retry: QUICK_RETRY,
          report,
          ...options,
        }),
      ),
    emit: (...events) => client.$sqlTransaction((tx) => appendToOutbox(tx, events)),
    effects: async () => (await client.effect.findMany({ orderBy: { id: 'asc' } })).map(({ key }) => key),
    deadLetters: () => deadLetters(client, 'catalog'),
  };
}

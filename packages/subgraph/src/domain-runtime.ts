import {
  connect,
  idempotent,
  type IdempotencyRow,
  type PrismaClientClass,
  purgeIdempotencyKeys,
  type SqlClient,
} from '@marquee/database';
import {
  type Consumer,
  createConsumer,
  createRelay,
  type DomainEvent,
  type EventDomain,
  type EventHandlers,
  type EventLog,
  type EventProblem,
  type Push,
  purgeInbox,
  purgeOutbox,
  redisStreamsLog,
  type Relay,
  type Report,
  type TransactionalClient,
} from '@marquee/events';
import type { Instruments, Log } from '@marquee/telemetry';
import type { Redis } from 'ioredis';

import type { Job } from './job.ts';
import { pubSub, type PubSub } from './pub-sub.ts';

/** What every domain is given, wherever it runs. */
export interface DomainDeps {
  readonly databaseUrl: string;
  /** A connection for commands; the domain opens others like it for what blocks or listens. */
  readonly redis: Redis;
  /** Starts the name of every Redis key and channel. */
  readonly namespace: string;
  readonly log: Log;
  readonly instruments?: Instruments | undefined;
  /** Called with the text of each SQL statement sent. */
  readonly onStatement?: (sql: string) => void;
}

/** Runs `make` once a key; see `idempotent` of @marquee/database. */
export type Once = <T>(
  request: { caller: string; operation: string; key: string; body: unknown },
  make: (row: IdempotencyRow) => Promise<T>,
  replay: (resourceId: string) => Promise<T>,
) => Promise<T>;

type TransactionOf<Client> = Client extends TransactionalClient<infer Tx> ? Tx : never;

/** A domain's database, its outbox on the way to the event log, and what it listens to. */
export interface DomainRuntime<Client extends SqlClient> {
  readonly client: Client;
  readonly relay: Relay;
  readonly events: EventLog;
  readonly pubSub: PubSub;
  readonly once: Once;
  /** Handles events of other domains; the domain's name is the consumer's. */
  consumer(handlers: EventHandlers<TransactionOf<Client>>): Consumer;
  /** Forgets what is older than it has to be kept. */
  readonly housekeeping: Job;
  ready(): Promise<void>;
  close(): Promise<void>;
}

const DAY_MS = 24 * 60 * 60 * 1_000;
/** As long as clients may repeat a request. */
const KEEP_IDEMPOTENCY_KEYS_MS = DAY_MS;
/** Longer than the event log keeps its events, which may come again until then. */
const KEEP_EVENTS_MS = 7 * DAY_MS;

/**
 * Connects a domain: Prisma client, outbox relay, event log, pub/sub and the idempotency of its mutations.
 *
 * @param push what clients who listen right now are told of an event
 */
export function connectDomain<Client extends SqlClient>(
  domain: EventDomain,
  PrismaClient: PrismaClientClass<Client>,
  deps: DomainDeps,
  push?: (event: DomainEvent) => readonly Push[],
): DomainRuntime<Client> {
  const { databaseUrl, redis, namespace, log, onStatement, instruments = {} } = deps;
  const { tracer } = instruments;
  const client = connect(PrismaClient, {
    url: databaseUrl,
    applicationName: `marquee-${domain}`,
    tracer,
    ...(onStatement && { onStatement }),
  });
  const events = redisStreamsLog({ redis, namespace });
  const report = reportTo(log);
  const relay = createRelay({ domain, client, log: events, report, instruments, ...(push && { push }) });
  const messages = pubSub({ redis, namespace, tracer });
  return {
    client,
    relay,
    events,
    pubSub: messages,
    once: (request, make, replay) => idempotent({ client, ...request }, make, replay),
    consumer: (handlers) =>
      createConsumer({
        name: domain,
        client: client as unknown as TransactionalClient<TransactionOf<Client>>,
        log: events,
        handlers,
        relay,
        report,
        instruments,
      }),
    housekeeping: { name: 'housekeeping', everyMs: DAY_MS / 24, run: () => forget(client) },
    ready: async () => {
      await Promise.all([client.$queryRaw`SELECT 1`, redis.ping()]);
    },
    close: async () => {
      await Promise.all([messages.close(), events.close(), disconnect(client)]);
    },
  };
}

async function forget(client: SqlClient): Promise<void> {
  const before = (ms: number): Date => new Date(Date.now() - ms);
  await purgeIdempotencyKeys(client, before(KEEP_IDEMPOTENCY_KEYS_MS));
  await purgeOutbox(client, before(KEEP_EVENTS_MS));
  await purgeInbox(client, before(KEEP_EVENTS_MS));
}

async function disconnect(client: SqlClient): Promise<void> {
  if ('$disconnect' in client && typeof client.$disconnect === 'function') await client.$disconnect();
}

/** Problems of relays and consumers as lines of a log. */
function reportTo(log: Log): Report {
  return (problem: EventProblem) => {
    const { kind, ...fields } = problem;
    const shown = 'error' in fields ? { ...fields, error: undefined, err: fields.error } : fields;
    if (kind === 'event-dead') log.error(shown, kind);
    else log.warn(shown, kind);
  };
}

import { connect, type PrismaClientClass, type SqlClient, type CopyDatabase } from '@marquee/database';
import { type DomainEvent, type EventType, type PayloadOf, redisStreamsLog } from '@marquee/events';
import { openRedis } from '@marquee/redis';
import { loadEventCatalogue } from '@marquee/stack/subgraphs';
import {
  type Caller,
  type DefinedSubgraph,
  foldersOf,
  type FormattedResult,
  newId,
  type OpenOptions,
  secretsOf,
  type Subgraph,
  type UserCaller,
} from '@marquee/subgraph';
import { openLog } from '@marquee/telemetry';
import { randomBytes, randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';

import { testDatabase } from './databases.ts';
import { testFolder } from './folders.ts';
import { testRedis } from './redis.ts';
import { countStatements, type StatementCounter } from './statements.ts';
import { whenDone } from './when-done.ts';

type Envelope = Pick<DomainEvent, 'id' | 'key' | 'traceparent'>;

/** A subgraph with its own database and Redis namespace, driven by a test in place of the gateway and other subgraphs. */
export interface Harness<Client> {
  readonly subgraph: Subgraph;
  readonly databaseUrl: string;
  /** Direct access to the subgraph's database. */
  readonly database: Client & CopyDatabase;
  readonly redis: Redis;
  readonly redisUrl: string;
  readonly namespace: string;
  readonly statements: StatementCounter;
  /** Runs the subgraph's handler for an event, as its consumer would, and waits for it. */
  deliver<T extends EventType>(type: T, payload: PayloadOf<T>): Promise<void>;
  /** Publishes an event of another subgraph, as its relay would. @param change overrides the envelope, such as the id */
  emit<T extends EventType>(type: T, payload: PayloadOf<T>, change?: Partial<Envelope>): Promise<void>;
  execute(query: string, caller: Caller, variables?: Record<string, unknown>): Promise<FormattedResult>;
}

export interface HarnessOptions extends Pick<OpenOptions, 'cache' | 'calls' | 'log' | 'now' | 'random' | 'rateLimits'> {
  /** Settings of the subgraph; its secrets are generated. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** A database to share with another harness. */
  readonly databaseUrl?: string;
  /** Whether to start relay, consumer and jobs; true by default. */
  readonly start?: boolean;
}

/** Opens a subgraph for the current test, or for the whole file when called outside a test. */
export async function openHarness<Client extends SqlClient & { $disconnect(): Promise<void> }>(
  definition: DefinedSubgraph,
  client: PrismaClientClass<Client>,
  options: Partial<HarnessOptions> = {},
): Promise<Harness<Client>> {
  const { settings = {}, start = true, calls = noCalls, ...rest } = options;
  const databaseUrl = options.databaseUrl ?? (await testDatabase(definition.name)).url;
  const { url: redisUrl, namespace } = testRedis();
  const redis = openRedis(redisUrl, { onError: () => undefined });
  whenDone(() => redis.disconnect());
  const statements = countStatements();
  const catalogue = await loadEventCatalogue();
  const subgraph = definition.open({
    log: openLog({ service: definition.name, level: 'silent' }),
    ...{ cache: redis, ...rest, databaseUrl, redis, namespace, catalogue, calls },
    onStatement: statements.onStatement,
    settings: {
      ...secretsOf(definition, () => randomBytes(32).toString('base64url')),
      ...foldersOf(definition, testFolder),
      ...settings,
    },
  });
  whenDone(() => subgraph.stop());
  const database = connect(client, { url: databaseUrl });
  const log = redisStreamsLog({ redis, namespace, catalogue });
  whenDone(async () => void (await Promise.all([log.close(), database.$disconnect()])));
  if (start) await subgraph.start();
  const event = <T extends EventType>(type: T, payload: PayloadOf<T>, change?: Partial<Envelope>): DomainEvent =>
    ({
      id: randomUUID(),
      key: 'key',
      occurredAt: new Date().toISOString(),
      ...change,
      type,
      payload,
    }) as DomainEvent;
  return {
    ...{ subgraph, databaseUrl, database, redis, redisUrl, namespace, statements },
    deliver: (type, payload) => subgraph.handle(event(type, payload)),
    emit: (type, payload, change) => {
      const emitted = event(type, payload, change);
      return log.append(catalogue.domainOf(type), [{ event: emitted, pushes: [] }], [emitted.id]);
    },
    execute: (query, caller, variables = {}) => subgraph.execute({ query, caller, variables }),
  };
}

/** A user with a verified address who has just signed in. */
export function userCaller(userId = newId('usr'), scopes: readonly string[] = []): UserCaller {
  const expiresAt = new Date('2100-01-01');
  const proofs = { authenticatedAt: new Date(), emailVerified: true };
  return { kind: 'user', userId, sessionId: newId('ses'), roles: ['CUSTOMER'], scopes, ...proofs, expiresAt };
}

const noCalls: OpenOptions['calls'] = {
  query: (subgraph) => Promise.reject(new Error(`Pass "calls" to openHarness to answer queries to ${subgraph}`)),
};

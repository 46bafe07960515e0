import { connect, type PrismaClientClass } from '@marquee/database';
import { type DomainEvent, type EventType, type PayloadOf, redisStreamsLog } from '@marquee/events';
import { loadEventCatalogue } from '@marquee/stack/subgraphs';
import {
  type Caller,
  type DefinedSubgraph,
  type FormattedResult,
  isSecret,
  newId,
  type OpenOptions,
  type Subgraph,
  type UserCaller,
} from '@marquee/subgraph';
import { openLog } from '@marquee/telemetry';
import { randomBytes, randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, onTestFinished, TestRunner } from 'vitest';

import { testDatabase } from './databases.ts';
import { testRedis } from './redis.ts';
import { countStatements, type StatementCounter } from './statements.ts';

type Envelope = Pick<DomainEvent, 'id' | 'key' | 'traceparent'>;

/** A subgraph on a database and a Redis namespace of its own, with the means to play the other subgraphs' part. */
export interface Harness<Client> {
  readonly subgraph: Subgraph;
  readonly databaseUrl: string;
  /** The database, past the subgraph. */
  readonly database: Client;
  readonly redis: Redis;
  readonly redisUrl: string;
  readonly namespace: string;
  readonly statements: StatementCounter;
  /** Has the subgraph handle an event of another now, as its consumer would. */
  deliver<T extends EventType>(type: T, payload: PayloadOf<T>): Promise<void>;
  /** Puts an event of another subgraph in the log, as its relay does. @param change of the envelope, such as its id */
  emit<T extends EventType>(type: T, payload: PayloadOf<T>, change?: Partial<Envelope>): Promise<void>;
  execute(query: string, caller: Caller, variables?: Record<string, unknown>): Promise<FormattedResult>;
}

export interface HarnessOptions extends Pick<OpenOptions, 'calls' | 'log' | 'now' | 'random' | 'rateLimits'> {
  /** Beside its secrets, which are made up. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** A database to share with another harness. */
  readonly databaseUrl?: string;
  /** Whether relay, consumer and jobs run; they do when not given. */
  readonly start?: boolean;
}

/** Opens a subgraph for the running test, or for the whole file outside of one, and closes it afterwards. */
export async function openHarness<Client extends { $disconnect(): Promise<void> }>(
  definition: DefinedSubgraph,
  client: PrismaClientClass<Client>,
  options: Partial<HarnessOptions> = {},
): Promise<Harness<Client>> {
  const { settings = {}, start = true, calls = noCalls, ...rest } = options;
  const databaseUrl = options.databaseUrl ?? (await testDatabase(definition.name)).url;
  const { url: redisUrl, namespace } = testRedis();
  const redis = new Redis(redisUrl);
  const statements = countStatements();
  const catalogue = await loadEventCatalogue();
  const subgraph = definition.open({
    log: openLog({ service: definition.name, level: 'silent' }),
    ...{ ...rest, databaseUrl, redis, namespace, catalogue, calls },
    onStatement: statements.onStatement,
    settings: { ...secretsOf(definition), ...settings },
  });
  const database = connect(client, { url: databaseUrl });
  const log = redisStreamsLog({ redis, namespace, catalogue });
  if (start) await subgraph.start();
  whenDone(async () => {
    await subgraph.stop();
    await Promise.all([log.close(), database.$disconnect()]);
    redis.disconnect();
  });
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
    emit: (type, payload, change) => log.append(catalogue.domainOf(type), [event(type, payload, change)], []),
    execute: (query, caller, variables = {}) => subgraph.execute({ query, caller, variables }),
  };
}

/** Somebody with a token. */
export function userCaller(userId = newId('usr'), scopes: readonly string[] = []): UserCaller {
  const expiresAt = new Date('2100-01-01');
  return { kind: 'user', userId, sessionId: newId('ses'), roles: ['CUSTOMER'], scopes, expiresAt };
}

function secretsOf({ settings }: DefinedSubgraph): Record<string, string> {
  const secrets = Object.entries(settings.shape).filter(([, setting]) => isSecret(setting));
  return Object.fromEntries(secrets.map(([name]) => [name, randomBytes(32).toString('base64url')]));
}

const noCalls: OpenOptions['calls'] = {
  query: (subgraph) => Promise.reject(new Error(`This test does not say what ${subgraph} answers`)),
};

function whenDone(work: () => Promise<void>): void {
  if (TestRunner.getCurrentTest()) onTestFinished(work);
  else afterAll(work);
}

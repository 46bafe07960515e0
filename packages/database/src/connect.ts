import type { Tracer } from '@marquee/telemetry';
import { PrismaPg } from '@prisma/adapter-pg';
import type { SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import pg from 'pg';

import { repeatTransactions, retryOnConflict } from './conflicts.ts';
import { nameOutages } from './outages.ts';
import { QuickClient, SilenceWatch } from './silent-server.ts';
import type { SqlClient, CopyDatabase } from './sql-client.ts';
import { sqlDatabase } from './sql-database.ts';
import { tracedStatements } from './traced-statements.ts';
import { type AroundStatement, type Wrapping, wrapAdapter } from './wrapped-adapter.ts';

export interface ConnectOptions {
  url: string;
  /** The most connections to open; 10 by default. */
  poolSize?: number;
  /** Shown in `pg_stat_activity`. */
  applicationName?: string;
  /**
   * Called with each SQL statement just before it is sent, `BEGIN` and `COMMIT` included. Must not throw.
   */
  onStatement?: (sql: string) => void;
  /** Postgres settings of each session, such as `plan_cache_mode=force_generic_plan`. */
  session?: readonly string[] | undefined;
  /** Makes each statement a span of the trace it is sent in. */
  tracer?: Tracer | undefined;
}

/** A generated `PrismaClient` class. */
export type PrismaClientClass<C> = new (options: {
  adapter: SqlDriverAdapterFactory;
  transactionOptions: { maxWait: number; timeout: number };
}) => C;

/** The longest wait for a connection: under load a statement should be late rather than fail. */
const CONNECTION_WAIT_MS = 10_000;
/** The longest time that an interactive transaction may hold its locks. */
const TRANSACTION_MS = 10_000;

/**
 * Creates a domain's Prisma client over a pool of Postgres connections, which are opened on demand and closed by
 * `$disconnect`.
 *
 * `$queryRaw` and `$executeRaw` are sent as prepared statements, past the ORM, and so is all of `$sqlTransaction`. In the
 * transaction of `$transaction` raw statements are Prisma's own.
 *
 * A statement or a transaction that Postgres rolled back because of a conflict is repeated, so the callback of a
 * transaction must change nothing but the database.
 */
export function connect<C extends SqlClient>(
  PrismaClient: PrismaClientClass<C>,
  options: ConnectOptions,
): C & CopyDatabase {
  const config = poolConfig(options);
  const pool = new pg.Pool(config);
  ignoreLosses(pool);
  const wrapping = wrappingOf(options, new SilenceWatch(pool, config));
  const client = new PrismaClient({
    adapter: wrapAdapter(new PrismaPg(pool), wrapping),
    transactionOptions: { maxWait: CONNECTION_WAIT_MS, timeout: TRANSACTION_MS },
  });
  return extended(repeatTransactions(client), {
    ...sqlDatabase(pool, wrapping, TRANSACTION_MS),
    ...closing(client, pool),
  });
}

/**
 * A client with other methods. The client itself must keep its own: the client of a transaction inherits them, and would
 * send raw statements outside of its transaction.
 */
function extended<C extends object, Methods extends object>(client: C, methods: Methods): C & Methods {
  return Object.create(client, Object.getOwnPropertyDescriptors(methods)) as C & Methods;
}

function wrappingOf({ tracer, url }: ConnectOptions, silence: SilenceWatch): Wrapping {
  const traced: AroundStatement = tracer
    ? tracedStatements(tracer, new URL(url).pathname.slice(1))
    : (_query, send) => send();
  const answered = <T>(work: () => Promise<T>): Promise<T> => nameOutages(() => silence.watch(work));
  const once: AroundStatement = (query, send) => traced(query, () => answered(send));
  return { alone: (query, send) => retryOnConflict(() => once(query, send)), inTransaction: once, begin: answered };
}

/** Makes `$disconnect` close the pool. */
function closing(client: object, pool: pg.Pool): { $disconnect(): Promise<void> } {
  const { $disconnect } = client as { $disconnect(): Promise<void> };
  return {
    $disconnect: async () => {
      await $disconnect.call(client);
      if (!pool.ending) await pool.end();
    },
  };
}

/** A lost connection fails the statement in it, and leaves the pool. Without listeners it would end the process. */
function ignoreLosses(pool: pg.Pool): void {
  pool.on('connect', (connection) => connection.on('error', () => undefined));
  pool.on('error', () => undefined);
}

function poolConfig({ url, poolSize = 10, applicationName, onStatement, session = [] }: ConnectOptions): pg.PoolConfig {
  return {
    connectionString: withSession(url, [...SESSION, ...session]),
    max: poolSize,
    connectionTimeoutMillis: CONNECTION_WAIT_MS,
    ...(applicationName === undefined ? {} : { application_name: applicationName }),
    Client: onStatement === undefined ? QuickClient : observedClient(onStatement),
  };
}

/**
 * Settings of every session. In UTC, because Prisma's adapter ignores the offset of a `timestamptz`, both when writing and
 * when reading. And with probes of a silent client, so that the locks of a machine that died are released within half a
 * minute instead of two hours.
 */
const SESSION = ['TimeZone=UTC', 'tcp_keepalives_idle=10', 'tcp_keepalives_interval=5', 'tcp_keepalives_count=4'];

/** Gives each session settings, by start-up parameters. */
function withSession(url: string, settings: readonly string[]): string {
  const configured = new URL(url);
  const given = configured.searchParams.get('options');
  const options = [...(given ? [given] : []), ...settings.map((setting) => `-c ${setting}`)];
  configured.searchParams.set('options', options.join(' '));
  return configured.href;
}

/** A client class that reports each statement; the pool sends everything through `query`. */
function observedClient(onStatement: (sql: string) => void): typeof QuickClient {
  return class ObservedClient extends QuickClient {
    constructor(config?: pg.ClientConfig) {
      super(config);
      const send: (...query: unknown[]) => unknown = this.query.bind(this);
      const observed = (...query: unknown[]): unknown => {
        onStatement(textOf(query[0]));
        return send(...query);
      };
      Object.assign(this, { query: observed });
    }
  };
}

function textOf(query: unknown): string {
  if (typeof query === 'string') return query;
  return typeof query === 'object' && query !== null && 'text' in query ? String(query.text) : '';
}

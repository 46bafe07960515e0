import type { Tracer } from '@marquee/telemetry';
import { PrismaPg } from '@prisma/adapter-pg';
import type { SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import pg from 'pg';

import { tracedAdapter } from './traced-adapter.ts';

/** How a domain's Prisma client reaches its database. */
export interface ConnectOptions {
  url: string;
  /** Connections kept at most; 10 when not given. */
  poolSize?: number;
  /** Shown in `pg_stat_activity`. */
  applicationName?: string;
  /**
   * Called with the text of each SQL statement just before it is sent, `BEGIN` and `COMMIT` included.
   * It must not throw.
   */
  onStatement?: (sql: string) => void;
  /** Makes each statement a span of the trace it is sent in. */
  tracer?: Tracer | undefined;
}

/** A generated `PrismaClient` class. */
export type PrismaClientClass<C> = new (options: {
  adapter: SqlDriverAdapterFactory;
  transactionOptions: { maxWait: number; timeout: number };
}) => C;

/** How long to wait for a connection, in milliseconds: under load a statement should be late rather than fail. */
const CONNECTION_WAIT_MS = 10_000;
/** How long an interactive transaction may hold its locks, in milliseconds. */
const TRANSACTION_MS = 10_000;

/**
 * Makes a domain's Prisma client over a pool of Postgres connections. Connections are opened when first needed;
 * `$disconnect` closes them.
 */
export function connect<C>(PrismaClient: PrismaClientClass<C>, options: ConnectOptions): C {
  return new PrismaClient({
    adapter: adapterFor(options),
    transactionOptions: { maxWait: CONNECTION_WAIT_MS, timeout: TRANSACTION_MS },
  });
}

function adapterFor(options: ConnectOptions): SqlDriverAdapterFactory {
  const adapter = new PrismaPg(poolConfig(options));
  const { tracer, url } = options;
  return tracer ? tracedAdapter(adapter, tracer, new URL(url).pathname.slice(1)) : adapter;
}

function poolConfig({ url, poolSize = 10, applicationName, onStatement }: ConnectOptions): pg.PoolConfig {
  return {
    connectionString: inUtc(url),
    max: poolSize,
    connectionTimeoutMillis: CONNECTION_WAIT_MS,
    ...(applicationName === undefined ? {} : { application_name: applicationName }),
    ...(onStatement === undefined ? {} : { Client: observedClient(onStatement) }),
  };
}

/**
 * Sets the session's time zone with the connection's start-up parameters. Prisma's adapter writes a `timestamptz`
 * without its offset and drops the offset when it reads one, which is right in UTC only, whatever the server's zone.
 */
function inUtc(url: string): string {
  const withZone = new URL(url);
  const given = withZone.searchParams.get('options');
  withZone.searchParams.set('options', [given, '-c TimeZone=UTC'].filter(Boolean).join(' '));
  return withZone.href;
}

/** A connection class that reports each statement. The pool sends everything through `query` of its connections. */
function observedClient(onStatement: (sql: string) => void): typeof pg.Client {
  return class ObservedClient extends pg.Client {
    constructor(config?: string | pg.ClientConfig) {
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

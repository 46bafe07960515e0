import { readFileSync } from 'node:fs';
import pg from 'pg';
import { processorSeconds, processTree } from '../processes/pinned-process.ts';
import type { Servers } from './world.ts';

const THIRD_PARTIES = new Set(['sandbox-provider', 'sandbox-mail', 'sandbox-push', 'sandbox-sign-in']);

/** Resources used since the start of a marketplace, by part. */
export interface Spent {
  /** Seconds of processor, by process: `stack`, or the name of a service; `postgres`; `redis`. */
  readonly processor: Readonly<Record<string, number>>;
  /** SQL statements by database, without BEGIN and COMMIT, and without the third parties'. */
  readonly statements: Readonly<Record<string, number>>;
}

/** Resources used by one sale. */
export interface Cost extends Spent {
  /** Transactions that wrote something. */
  readonly commits: number;
  readonly walBytes: number;
}

interface Reading extends Spent {
  /** The end of the write-ahead log. */
  readonly lsn: string;
}

/** Reads what is spent. */
export class Meter {
  readonly #servers: Servers;
  readonly #stackPid: number;
  readonly #client: pg.Client;

  private constructor(servers: Servers, stackPid: number, client: pg.Client) {
    this.#servers = servers;
    this.#stackPid = stackPid;
    this.#client = client;
  }

  static async open(servers: Servers, stackPid: number): Promise<Meter> {
    const client = new pg.Client({ connectionString: servers.postgres.url });
    // A lost connection fails the next statement; without a listener it would end the process.
    client.on('error', () => undefined);
    await client.connect();
    for (const extension of ['pg_stat_statements', 'pg_walinspect']) {
      await client.query(`CREATE EXTENSION IF NOT EXISTS ${extension}`);
    }
    return new Meter(servers, stackPid, client);
  }

  async read(): Promise<Reading> {
    const { postgres, redis } = this.#servers;
    const processor = {
      ...this.#stack(),
      postgres: processorSeconds(postgres.pid),
      redis: processorSeconds(redis.pid),
    };
    const { rows: statements } = await this.#client.query<{ name: string; calls: number }>(
      `SELECT datname AS name, sum(calls)::int AS calls
       FROM pg_stat_statements JOIN pg_database ON pg_database.oid = dbid
       WHERE datname LIKE 'marquee%' AND datname <> 'marquee_sandbox_provider' AND query !~* '^(begin|commit|rollback|savepoint|release|set|show)'
       GROUP BY datname ORDER BY datname`,
    );
    // Only what is flushed can be read back.
    const { rows } = await this.#client.query<{ lsn: string }>('SELECT pg_current_wal_flush_lsn()::text AS lsn');
    const lsn = rows[0]?.lsn ?? '';
    return {
      processor,
      statements: Object.fromEntries(statements.map(({ name, calls }) => [name.replace(/^marquee[-_]/, ''), calls])),
      lsn,
    };
  }

  /** The resources used since a reading, per sale. */
  async since(before: Reading, sales: number): Promise<Cost> {
    const after = await this.read();
    const { rows } = await this.#client.query<{ commits: number; bytes: number }>(
      `SELECT count(*)::int AS commits, ($2::pg_lsn - $1::pg_lsn)::float8 AS bytes
       FROM pg_get_wal_records_info($1, $2) WHERE resource_manager = 'Transaction' AND record_type LIKE 'COMMIT%'`,
      [before.lsn, after.lsn],
    );
    return {
      processor: each(before.processor, after.processor, sales),
      statements: each(before.statements, after.statements, sales),
      commits: (rows[0]?.commits ?? 0) / sales,
      walBytes: (rows[0]?.bytes ?? 0) / sales,
    };
  }

  /** The services of the distributed topology are children, named by their bundle and its arguments. */
  #stack(): Record<string, number> {
    const [root = 0, ...services] = processTree(this.#stackPid);
    const all: [string, number][] = services.map((pid) => [nameOf(pid), processorSeconds(pid)]);
    const own = all.filter(([name]) => !THIRD_PARTIES.has(name));
    return { [all.length > 0 ? 'supervisor' : 'stack']: ownSeconds(root, all), ...Object.fromEntries(own) };
  }

  close(): Promise<void> {
    return this.#client.end();
  }
}

function ownSeconds(root: number, services: readonly (readonly [string, number])[]): number {
  return processorSeconds(root) - services.reduce((sum, [, seconds]) => sum + seconds, 0);
}

function nameOf(pid: number): string {
  const [bundle = '', argument] = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    .split('\0')
    .filter((part) => !part.startsWith('-'))
    .slice(1);
  return argument || (/([^/]+)\.mjs$/.exec(bundle)?.[1] ?? `process ${pid}`);
}

function each(from: Spent['processor'], to: Spent['processor'], sales: number): Record<string, number> {
  return Object.fromEntries(Object.entries(to).map(([name, value]) => [name, (value - (from[name] ?? 0)) / sales]));
}

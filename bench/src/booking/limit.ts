import pg from 'pg';
import { BareClient } from './bare-client.ts';
import { readStatements } from './recorded-statements.ts';
import type { Servers } from './world.ts';

/** The limit that a bare client reaches with the transactions of sales. */
export interface Limit {
  readonly salesPerSecond: number;
  /** The share of the sales that the replay confirmed too. */
  readonly confirmed: number;
  readonly failedStatements: number;
}

const COPY = '_before';

/** Copies the marketplace's databases, to which nobody may be connected, and begins to log statements. */
export async function beginRecording({ postgres }: Servers): Promise<void> {
  await administer(postgres.url, async (client) => {
    for (const name of await databases(client)) await client.query(`CREATE DATABASE ${name}${COPY} TEMPLATE ${name}`);
    await client.query(`ALTER SYSTEM SET log_statement = 'all'`);
    await client.query('SELECT pg_reload_conf()');
  });
}

/** Ends the log, and replays it on the copies. The stack must have ended. */
export async function replayRecording({ postgres }: Servers): Promise<Limit> {
  await administer(postgres.url, async (client) => {
    await client.query(`ALTER SYSTEM RESET log_statement`);
    await client.query('SELECT pg_reload_conf()');
  });
  const statements = readStatements(postgres.folder);
  const bare = new BareClient(statements);
  const before = await confirmedIn(postgres.url, COPY);
  const seconds = await bare.replay((database) => urlOf(postgres.url, `${database}${COPY}`));
  const replayed = (await confirmedIn(postgres.url, COPY)) - before;
  const recorded = (await confirmedIn(postgres.url, '')) - before;
  return { salesPerSecond: replayed / seconds, confirmed: replayed / recorded, failedStatements: bare.failed };
}

async function confirmedIn(serverUrl: string, suffix: string): Promise<number> {
  const client = new pg.Client({ connectionString: urlOf(serverUrl, `marquee_booking${suffix}`) });
  await client.connect();
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM bookings WHERE status = 'CONFIRMED'`,
  );
  await client.end();
  return rows[0]?.count ?? 0;
}

async function databases(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ datname: string }>(
    `SELECT datname FROM pg_database WHERE datname LIKE 'marquee\\_%'`,
  );
  return rows.map(({ datname }) => datname);
}

function urlOf(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}

async function administer(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await work(client).finally(() => client.end());
}

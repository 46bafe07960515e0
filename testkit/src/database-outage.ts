import pg from 'pg';
import { onTestFinished } from 'vitest';

/** Makes a database refuse connections, and ends those that it has. @returns a function that ends the outage */
export async function databaseOutage({ url }: { url: string }): Promise<() => Promise<void>> {
  const database = new URL(url).pathname.slice(1);
  const server = new pg.Client({ connectionString: new URL('/postgres', url).href });
  await server.connect();
  onTestFinished(() => server.end());
  const allowConnections = async (allowed: boolean): Promise<void> => {
    await server.query(`ALTER DATABASE ${pg.escapeIdentifier(database)} ALLOW_CONNECTIONS ${allowed}`);
  };
  await allowConnections(false);
  await server.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [database]);
  return () => allowConnections(true);
}

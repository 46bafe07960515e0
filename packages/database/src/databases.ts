import pg from 'pg';

const DATABASE_DOES_NOT_EXIST = '3D000';
/** Two errors of a concurrent CREATE DATABASE: the name is taken, or the catalogue's unique index is violated. */
const CREATED_CONCURRENTLY = new Set(['42P04', '23505']);

/**
 * The URL of a domain's own database on a server.
 *
 * @param serverUrl - a Postgres URL; its path is replaced, the rest kept.
 */
export function databaseUrl(serverUrl: string, domain: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/marquee_${domain.replaceAll('-', '_')}`;
  return url.href;
}

/** Creates the database that `url` names unless it exists. Safe when several processes do it at once. */
export async function ensureDatabase(url: string): Promise<void> {
  if (await databaseExists(url)) return;
  const server = new URL(url);
  server.pathname = '/postgres';
  try {
    await withConnection(server.href, (connection) => connection.query(`CREATE DATABASE ${databaseIdentifier(url)}`));
  } catch (error) {
    if (!CREATED_CONCURRENTLY.has(postgresCode(error))) throw error;
  }
}

/** Drops the database that `url` names if it exists, and ends all connections to it. */
export async function dropDatabase(url: string): Promise<void> {
  const server = new URL(url);
  server.pathname = '/postgres';
  await withConnection(server.href, (connection) =>
    connection.query(`DROP DATABASE IF EXISTS ${databaseIdentifier(url)} WITH (FORCE)`),
  );
}

/** Runs `work` on a single connection, and closes it also when `work` fails. */
export async function withConnection<T>(url: string, work: (connection: pg.Client) => Promise<T>): Promise<T> {
  const connection = new pg.Client({ connectionString: url });
  await connection.connect();
  try {
    return await work(connection);
  } finally {
    await connection.end();
  }
}

/** Whether the server has the database that `url` names. @throws when the server cannot be used */
export async function databaseExists(url: string): Promise<boolean> {
  try {
    await withConnection(url, async () => undefined);
    return true;
  } catch (error) {
    if (postgresCode(error) === DATABASE_DOES_NOT_EXIST) return false;
    throw error;
  }
}

function databaseIdentifier(url: string): string {
  const name = decodeURIComponent(new URL(url).pathname.slice(1));
  if (name === '') throw new Error('The database URL names no database. Add one as its path.');
  return pg.escapeIdentifier(name);
}

function postgresCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

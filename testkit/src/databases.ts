import { randomBytes } from 'node:crypto';
import { databaseUrl, dropDatabase, ensureDatabase, migrate } from '@marquee/database';
import pg from 'pg';
import { inject } from 'vitest';

/** A Postgres database for one test file, dropped after it. */
export interface TestDatabase {
  url: string;
}

/** Errors of dropping a database with open connections: Postgres's own after 5 s, and our shorter timeout. */
const IN_USE = new Set(['55006', '57014']);
const created: string[] = [];
/** The template of each domain, once for each test process. */
const templates = new Map<string, Promise<string>>();

/** A copy of the migrated database of `domain` (a folder of prisma/), for this test file only. */
export async function testDatabase(domain: string): Promise<TestDatabase> {
  const template = templates.get(domain) ?? templateFor(domain);
  templates.set(domain, template);
  // Copying the files is twice as fast as writing them through the write-ahead log.
  return create(domain, `TEMPLATE ${pg.escapeIdentifier(await template)} STRATEGY file_copy`);
}

/** An empty database, for this test file only. */
export function scratchDatabase(): Promise<TestDatabase> {
  return create('scratch', '');
}

/** Drops the databases of this test file; called by the set-up file after the file's own hooks. */
export async function dropTestDatabases(): Promise<void> {
  if (created.length === 0) return;
  await onServer(async (client) => {
    await client.query('SET statement_timeout = 500');
    for (const url of created.splice(0)) await dropUnlessInUse(client, url);
    await client.query('RESET statement_timeout');
  });
}

/**
 * Skips a database that a failed test left a connection to. Forcing the connection to close would raise an error that
 * hides the test's own.
 */
async function dropUnlessInUse(client: pg.ClientBase, url: string): Promise<void> {
  try {
    await client.query(`DROP DATABASE ${identifierIn(url)}`);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError && IN_USE.has(error.code ?? ''))) throw error;
  }
}

async function create(label: string, clause: string): Promise<TestDatabase> {
  const url = databaseUrl(inject('postgresUrl'), `${label}_${randomBytes(5).toString('hex')}`);
  await onServer((client) => client.query(`CREATE DATABASE ${identifierIn(url)} ${clause}`));
  created.push(url);
  return { url };
}

/** Creates a domain's template once for all test files, under a lock. It is marked as a template when complete. */
async function templateFor(domain: string): Promise<string> {
  const url = databaseUrl(inject('postgresUrl'), `template_${domain}`);
  const name = new URL(url).pathname.slice(1);
  await onServer(async (client) => {
    await client.query('SELECT pg_advisory_lock(hashtext($1))', [name]);
    try {
      await makeTemplate(client, domain, url);
    } finally {
      await client.query('SELECT pg_advisory_unlock(hashtext($1))', [name]);
    }
  });
  return name;
}

async function makeTemplate(client: pg.ClientBase, domain: string, url: string): Promise<void> {
  const isTemplate = 'SELECT FROM pg_database WHERE datname = $1 AND datistemplate';
  const { rowCount } = await client.query(isTemplate, [new URL(url).pathname.slice(1)]);
  if (rowCount === 1) return;
  await dropDatabase(url);
  await ensureDatabase(url);
  await migrate({ url, folder: new URL(`../../prisma/${domain}/`, import.meta.url) });
  await client.query(`ALTER DATABASE ${identifierIn(url)} IS_TEMPLATE true`);
}

function identifierIn(url: string): string {
  return pg.escapeIdentifier(new URL(url).pathname.slice(1));
}

let connections: pg.Pool | undefined;

/** Runs work on a pooled connection to the server: opening one for each database would be slow. */
async function onServer<T>(work: (client: pg.ClientBase) => Promise<T>): Promise<T> {
  connections ??= new pg.Pool({ connectionString: inject('postgresUrl'), allowExitOnIdle: true }).on('error', () => {});
  const client = await connections.connect();
  try {
    return await work(client);
  } finally {
    client.release();
  }
}

import { randomBytes } from 'node:crypto';
import { databaseUrl, dropDatabase, ensureDatabase, migrate } from '@marquee/database';
import pg from 'pg';
import { inject } from 'vitest';

/** A Postgres database of one test file. It is dropped when the file has run. */
export interface TestDatabase {
  url: string;
}

/** Postgres gives the connections of a database 5 s to go before it refuses to drop it; ours gives up sooner. */
const IN_USE = new Set(['55006', '57014']);
const created: string[] = [];
/** Of this process: a template is not asked for twice. */
const templates = new Map<string, Promise<string>>();

/** A copy of the migrated database of `domain` (a folder of prisma/): empty tables, this file's alone. */
export async function testDatabase(domain: string): Promise<TestDatabase> {
  const template = templates.get(domain) ?? templateOf(domain);
  templates.set(domain, template);
  // Copying the files beats writing them through the log by a factor of two.
  return create(domain, `TEMPLATE ${pg.escapeIdentifier(await template)} STRATEGY file_copy`);
}

/** A database without any table, this file's alone. */
export function scratchDatabase(): Promise<TestDatabase> {
  return create('scratch', '');
}

/** Drops what this file created; called by the set-up file after the file's own hooks. */
export async function dropTestDatabases(): Promise<void> {
  if (created.length === 0) return;
  await onServer(async (client) => {
    await client.query('SET statement_timeout = 500');
    for (const url of created.splice(0)) await dropUnlessInUse(client, url);
    await client.query('RESET statement_timeout');
  });
}

/**
 * A client that a failed test left open keeps its database until the run ends: forcing it out would be reported as an
 * error of its own and hide the test's.
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

/** Made by the first test file that asks; the others wait on the lock. A database is a template once it is whole. */
async function templateOf(domain: string): Promise<string> {
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

/** Connections are kept: a file needs several databases, and each connection is a process of Postgres. */
async function onServer<T>(work: (client: pg.ClientBase) => Promise<T>): Promise<T> {
  connections ??= new pg.Pool({ connectionString: inject('postgresUrl'), allowExitOnIdle: true }).on('error', () => {});
  const client = await connections.connect();
  try {
    return await work(client);
  } finally {
    client.release();
  }
}

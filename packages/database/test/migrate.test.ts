import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { scratchDatabase } from '@marquee/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { PrismaClient } from '../generated/client.ts';
import { connect, createMigration, databaseUrl, driftOf, ensureDatabase, migrate } from '../src/index.ts';
import { folder, migratedClient, serverUrl, missingDatabase } from './scratch.ts';

const ALL = ['20260101000000_first', '20260102000000_function'];

test('each domain has its own database, and the URL’s other settings are kept', () => {
  expect(databaseUrl('postgres://u:p@db:5432/postgres?sslmode=require', 'sandbox-provider')).toBe(
    'postgres://u:p@db:5432/marquee_sandbox_provider?sslmode=require',
  );
});

test('a database that several processes create concurrently is created once', async () => {
  const url = missingDatabase();
  await Promise.all(Array.from({ length: 5 }, () => ensureDatabase(url)));
  await ensureDatabase(url);
  await expect(migrate({ url, folder })).resolves.toEqual(ALL);
});

test('pending migrations are applied in order, and only once', async () => {
  const { url } = await scratchDatabase();
  expect(await migrate({ url, folder })).toEqual(ALL);
  expect(await migrate({ url, folder })).toEqual([]);
});

test('when several processes migrate concurrently, each migration is applied once', async () => {
  const { url } = await scratchDatabase();
  const applied = await Promise.all(Array.from({ length: 4 }, () => migrate({ url, folder })));
  expect(applied.flat().toSorted()).toEqual(ALL);
});

test('a migration may define a function whose body has semicolons', async () => {
  const { client } = await migratedClient();
  const rows = await client.$queryRaw`SELECT places_count() AS count`;
  expect(rows).toEqual([{ count: 0n }]);
});

test('a migration that fails is rolled back, and the error names it', async () => {
  const own = await copyOfDomain();
  await writeFile(
    path.join(own, 'migrations', '20260102000000_function', 'migration.sql'),
    'CREATE TABLE half_done (id int); SELECT no_such_function();',
  );
  const { url } = await scratchDatabase();
  await expect(migrate({ url, folder: own })).rejects.toThrow(/no_such_function[^]*20260102000000_function/);
  const client = connect(PrismaClient, { url });
  onTestFinished(() => client.$disconnect());
  expect(await client.$queryRaw`SELECT to_regclass('half_done')::text AS found`).toEqual([{ found: null }]);
  await expect(migrate({ url, folder: own })).rejects.toThrow(/20260102000000_function/);
});

test('a migration that was edited after it had been applied is rejected', async () => {
  const own = await copyOfDomain();
  const { url } = await scratchDatabase();
  await migrate({ url, folder: own });
  await writeFile(path.join(own, 'migrations', ALL[1] ?? '', 'migration.sql'), 'SELECT 1;');
  await expect(migrate({ url, folder: own })).rejects.toThrow(/20260102000000_function.*was changed/);
});

test('migrations that match the schema show no drift, even with hash partitions', async () => {
  const { url } = await migratedClient();
  expect(await driftOf({ url, folder })).toBe('');
});

test('a column that no migration creates is drift', async () => {
  const own = await copyOfDomain();
  await addColumn(own);
  const { url } = await migratedClient();
  expect(await driftOf({ url, folder: own })).toContain('ALTER TABLE "places" ADD COLUMN     "motto" TEXT');
});

test('a column of an included table that no migration creates is drift', async () => {
  const own = await copyOfDomain();
  await edit(
    path.join(own, '../../tables.prisma'),
    '  operation   String\n',
    '  operation   String\n  motto String?\n',
  );
  const { url } = await migratedClient();
  expect(await driftOf({ url, folder: own })).toContain('ALTER TABLE "idempotency_keys" ADD COLUMN     "motto" TEXT');
});

test('the error names an included file that does not exist', async () => {
  const own = await copyOfDomain();
  await rm(path.join(own, '../../tables.prisma'));
  const { url } = await scratchDatabase();
  await expect(migrate({ url, folder: own })).rejects.toThrow('tables.prisma');
});

test('a new migration holds the difference, and leaves no drift once applied', async () => {
  const own = await copyOfDomain();
  await addColumn(own);
  const next = { serverUrl: serverUrl(), folder: own, name: 'Add motto', now: new Date('2026-03-04T05:06:07Z') };

  const file = await createMigration(next);
  expect(file).toBe(path.join(own, 'migrations', '20260304050607_add_motto', 'migration.sql'));
  expect(await readFile(file ?? '', 'utf8')).toContain('ADD COLUMN     "motto" TEXT');

  const { url } = await scratchDatabase();
  expect(await migrate({ url, folder: own })).toEqual([...ALL, '20260304050607_add_motto']);
  expect(await driftOf({ url, folder: own })).toBe('');
  expect(await createMigration({ ...next, name: 'nothing' })).toBeUndefined();
});

async function copyOfDomain(): Promise<string> {
  const root = await mkdtemp(path.join(tmpdir(), 'marquee-domain-'));
  onTestFinished(() => rm(root, { recursive: true }));
  const copy = path.join(root, 'test/domain');
  await cp(fileURLToPath(folder), copy, { recursive: true });
  await cp(fileURLToPath(new URL('../../tables.prisma', folder)), path.join(root, 'tables.prisma'));
  return copy;
}

async function addColumn(domain: string): Promise<void> {
  await edit(path.join(domain, 'schema.prisma'), '  capacity Int\n', '  capacity Int\n  motto String?\n');
}

async function edit(file: string, from: string, to: string): Promise<void> {
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace(from, to));
}

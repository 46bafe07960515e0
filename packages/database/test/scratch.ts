import { randomBytes } from 'node:crypto';
import { scratchDatabase, whenDone } from '@marquee/testkit';
import { inject, onTestFinished } from 'vitest';
import { PrismaClient } from '../generated/client.ts';
import { connect, type ConnectOptions, dropDatabase, migrate, type SqlDatabase } from '../src/index.ts';

export const folder = new URL('./domain/', import.meta.url);

export const serverUrl = (): string => inject('postgresUrl');

/** The URL of a database that does not exist yet; it is dropped after the test. */
export function missingDatabase(): string {
  const url = new URL(serverUrl());
  url.pathname = `/missing_${randomBytes(5).toString('hex')}`;
  onTestFinished(() => dropDatabase(url.href));
  return url.href;
}

/** A client on a migrated database, for the current test, or for the whole file when called outside a test. */
export async function migratedClient(
  options: Omit<ConnectOptions, 'url'> = {},
): Promise<{ client: PrismaClient & SqlDatabase; url: string }> {
  const { url } = await scratchDatabase();
  await migrate({ url, folder });
  const client = connect(PrismaClient, { url, ...options });
  whenDone(() => client.$disconnect());
  return { client, url };
}

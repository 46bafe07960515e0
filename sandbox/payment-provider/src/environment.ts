import {
  EnvironmentError,
  httpUrl,
  listening,
  logging,
  port,
  postgresUrl,
  readEnvironment,
  type Variables,
} from '@marquee/environment';
import { databaseUrl } from '@marquee/database';
import { z } from 'zod';

const secret = z.string().min(16).describe('a secret of at least 16 characters');

const variables = {
  ...listening,
  ...logging,
  SANDBOX_PROVIDER_PORT: port.default(4_100),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_URL_SANDBOX_PROVIDER: postgresUrl.optional(),
  SANDBOX_PROVIDER_API_KEY: secret,
  SANDBOX_PROVIDER_WEBHOOK_URL: httpUrl,
  SANDBOX_PROVIDER_WEBHOOK_SECRET: secret,
  SANDBOX_PROVIDER_PUBLIC_URL: httpUrl.optional(),
};

/**
 * Reads the settings of a provider in its own process.
 *
 * @throws {EnvironmentError} naming what to set
 */
export function settingsFrom(environment: Variables) {
  const read = readEnvironment(variables, environment);
  return {
    host: read.HOST,
    port: read.SANDBOX_PROVIDER_PORT,
    databaseUrl: read.DATABASE_URL_SANDBOX_PROVIDER ?? ownDatabase(read.DATABASE_URL),
    apiKey: read.SANDBOX_PROVIDER_API_KEY,
    webhook: { url: read.SANDBOX_PROVIDER_WEBHOOK_URL, secret: read.SANDBOX_PROVIDER_WEBHOOK_SECRET },
    publicUrl: read.SANDBOX_PROVIDER_PUBLIC_URL,
    logLevel: read.LOG_LEVEL,
  };
}

/** The provider's own database on a server. */
function ownDatabase(serverUrl: string | undefined): string {
  if (serverUrl) return databaseUrl(serverUrl, 'sandbox-provider');
  throw new EnvironmentError('Set DATABASE_URL to a Postgres server, or DATABASE_URL_SANDBOX_PROVIDER to a database.');
}

import { SetupError } from '@marquee/servers';

/** What the environment may say about a local stack. */
export interface StackSettings {
  host: string;
  port: number;
  /** The Postgres to use instead of an own one; it must be allowed to create databases. */
  databaseUrl: string | undefined;
  /** Databases of single domains that lie elsewhere, by domain. */
  databaseUrls: Record<string, string>;
  redisUrl: string | undefined;
  rateLimits: boolean;
  logLevel: string;
}

/**
 * Reads the settings from the environment.
 *
 * @throws {SetupError} naming the variable that makes no sense.
 */
export function settingsFrom(environment: NodeJS.ProcessEnv, domains: readonly string[]): StackSettings {
  const { GATEWAY_PORT = '4000', HOST = '127.0.0.1', DATABASE_URL, REDIS_URL, RATE_LIMITS, NODE_ENV } = environment;
  const port = Number(GATEWAY_PORT);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new SetupError(`GATEWAY_PORT is no port: ${GATEWAY_PORT}`);
  if (RATE_LIMITS === 'off' && NODE_ENV === 'production')
    throw new SetupError('RATE_LIMITS=off is refused in production.');
  const given = domains.flatMap((domain) => {
    const url = environment[`DATABASE_URL_${domain.toUpperCase().replaceAll('-', '_')}`];
    return url ? [[domain, url] as const] : [];
  });
  return {
    host: HOST,
    port,
    databaseUrl: DATABASE_URL || undefined,
    databaseUrls: Object.fromEntries(given),
    redisUrl: REDIS_URL || undefined,
    rateLimits: RATE_LIMITS !== 'off',
    logLevel: environment['LOG_LEVEL'] || 'info',
  };
}

import { databaseUrl } from '@marquee/database';
import { type TelemetrySettings, telemetrySettings } from '@marquee/telemetry';
import { z } from 'zod';

import { variableOf } from '../settings.ts';

export type Variables = Readonly<Record<string, string | undefined>>;

/** What the environment of every subgraph's process says, beside the subgraph's own settings. */
export interface ServiceEnvironment {
  readonly host: string;
  readonly port: number;
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly serviceSecret: string;
  /** Where the keys of access tokens are; absent for the subgraph that signs them. */
  readonly jwksUrl: URL | undefined;
  readonly logLevel: string;
  readonly telemetry: TelemetrySettings;
  /** False lifts the limits on how often somebody may try. */
  readonly rateLimits: boolean;
}

const SECRET_LENGTH = 32;
const address = z.url('must be a URL');

const shape = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535),
  DATABASE_URL: address.optional(),
  REDIS_URL: address,
  SERVICE_SECRET: z.string().min(SECRET_LENGTH),
  JWKS_URL: address.optional(),
  LOG_LEVEL: z.string().default('info'),
  RATE_LIMITS: z.enum(['on', 'off']).default('on'),
  NODE_ENV: z.string().optional(),
});

/**
 * Reads the environment of a subgraph's process.
 *
 * @throws {Error} with a line for each variable that has to be set otherwise
 */
export function serviceEnvironment(
  { name, signsTokens }: { name: string; signsTokens: boolean },
  variables: Variables,
): ServiceEnvironment {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const ownDatabase = variableOf('database-url', name);
  const complaints: string[] = [];
  const read = shape.safeParse(given);
  if (!read.success)
    complaints.push(...read.error.issues.map(({ path, message }) => `Set ${String(path[0])}: ${message}`));
  if (!given[ownDatabase] && !given['DATABASE_URL']) complaints.push(`Set ${ownDatabase} or DATABASE_URL`);
  if (!signsTokens && !given['JWKS_URL']) complaints.push('Set JWKS_URL: the address of the keys of access tokens');
  if (given['RATE_LIMITS'] === 'off' && given['NODE_ENV'] === 'production') {
    complaints.push('RATE_LIMITS=off is refused in production');
  }
  if (!read.success || complaints.length > 0) throw new Error(complaints.join('\n'));
  const { data } = read;
  return {
    host: data.HOST,
    port: data.PORT,
    databaseUrl: given[ownDatabase] ?? databaseUrl(data.DATABASE_URL ?? '', name),
    redisUrl: data.REDIS_URL,
    serviceSecret: data.SERVICE_SECRET,
    jwksUrl: data.JWKS_URL === undefined ? undefined : new URL(data.JWKS_URL),
    logLevel: data.LOG_LEVEL,
    telemetry: telemetrySettings(variables),
    rateLimits: data.RATE_LIMITS === 'on',
  };
}

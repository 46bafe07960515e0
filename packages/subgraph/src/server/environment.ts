import { databaseUrl } from '@marquee/database';
import { type TelemetrySettings, telemetrySettings } from '@marquee/telemetry';

type Variables = Readonly<Record<string, string | undefined>>;

/** What the environment of a subgraph's process says. */
export interface ServiceEnvironment {
  readonly host: string;
  readonly port: number;
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly serviceSecret: string;
  readonly logLevel: string;
  readonly telemetry: TelemetrySettings;
  /** False lifts the limits on how often somebody may try. */
  readonly rateLimits: boolean;
  /** A variable of this subgraph alone. @throws when it is not set */
  text(variable: string): string;
  /** @throws when it is not set or no address */
  url(variable: string): URL;
  /** A key of 32 bytes in base64url. @throws when it is not set or no such key */
  key(variable: string): Uint8Array;
}

const KEY_BYTES = 32;

/**
 * Reads the environment of a subgraph's process.
 *
 * @throws naming the variable that is missing or makes no sense
 */
export function serviceEnvironment(name: string, variables: Variables): ServiceEnvironment {
  const text = (variable: string): string => {
    const value = variables[variable];
    if (!value) throw new Error(`${variable} is not set`);
    return value;
  };
  const url = (variable: string): URL => {
    const value = text(variable);
    if (!URL.canParse(value)) throw new Error(`${variable} is no address: ${value}`);
    return new URL(value);
  };
  const key = (variable: string): Uint8Array => {
    const bytes = Buffer.from(text(variable), 'base64url');
    if (bytes.length !== KEY_BYTES) throw new Error(`${variable} is not ${KEY_BYTES} bytes in base64url`);
    return bytes;
  };
  return {
    host: variables['HOST'] || '127.0.0.1',
    port: portIn(text('PORT')),
    databaseUrl: variables[ownDatabase(name)] || databaseUrl(text('DATABASE_URL'), name),
    redisUrl: url('REDIS_URL').href,
    serviceSecret: text('SERVICE_SECRET'),
    logLevel: variables['LOG_LEVEL'] || 'info',
    telemetry: telemetrySettings(variables),
    rateLimits: areRateLimitsOn(variables),
    text,
    url,
    key,
  };
}

function portIn(value: string): number {
  const port = Number(value);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`PORT is no port: ${value}`);
  return port;
}

function ownDatabase(name: string): string {
  return `DATABASE_URL_${name.toUpperCase().replaceAll('-', '_')}`;
}

function areRateLimitsOn({ RATE_LIMITS = 'on', NODE_ENV }: Variables): boolean {
  if (RATE_LIMITS !== 'on' && RATE_LIMITS !== 'off') throw new Error(`RATE_LIMITS is ${RATE_LIMITS}, not on or off`);
  if (RATE_LIMITS === 'off' && NODE_ENV === 'production') throw new Error('RATE_LIMITS=off is refused in production');
  return RATE_LIMITS === 'on';
}

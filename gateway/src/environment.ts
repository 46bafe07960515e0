import { fileURLToPath } from 'node:url';
import { type TelemetrySettings, telemetrySettings } from '@marquee/telemetry';
import type { GivenSettings } from './server/settings.ts';
import { readSettingsFile } from './server/settings-file.ts';

/** A gateway on its own, as its environment describes it. */
export interface GatewayEnvironment {
  readonly host: string;
  readonly port: number;
  readonly redisUrl: string;
  /** The supergraph's file. */
  readonly supergraph: string;
  /** The manifest of the operations that clients registered. */
  readonly registeredOperations: string;
  readonly jwksUrl: URL;
  /** Proves to subgraphs that the gateway asks on its own behalf, as policies do. */
  readonly serviceSecret: string;
  /** Addresses of subgraphs that are elsewhere than the supergraph says, by name. */
  readonly subgraphUrls: Readonly<Record<string, string>>;
  readonly logLevel: string;
  readonly telemetry: TelemetrySettings;
  readonly gateway: GivenSettings;
}

/** @throws naming the variable that is missing or makes no sense. */
export function environmentSettings(environment: NodeJS.ProcessEnv): GatewayEnvironment {
  const required = (name: string): string => {
    const value = environment[name];
    if (!value) throw new Error(`${name} is not set`);
    return value;
  };
  const port = Number(environment['GATEWAY_PORT'] ?? 4000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error('GATEWAY_PORT is no port');
  return {
    host: environment['HOST'] ?? '127.0.0.1',
    port,
    redisUrl: required('REDIS_URL'),
    supergraph: environment['SUPERGRAPH'] ?? inRepository('schema/supergraph.graphql'),
    registeredOperations: environment['REGISTERED_OPERATIONS'] ?? REGISTERED_OPERATIONS,
    jwksUrl: new URL(required('JWKS_URL')),
    serviceSecret: required('SERVICE_SECRET'),
    subgraphUrls: subgraphUrls(environment),
    logLevel: environment['LOG_LEVEL'] ?? 'info',
    telemetry: telemetrySettings(environment),
    gateway: gatewaySettings(environment),
  };
}

/** The manifest of the operations that clients of this repository registered. */
export const REGISTERED_OPERATIONS = inRepository('schema/clients/manifest.json');

/**
 * How a gateway behaves: the file named by `GATEWAY_SETTINGS`, and what single variables say over it.
 *
 * @throws naming the variable, or the setting of the file, that makes no sense.
 */
export function gatewaySettings(environment: NodeJS.ProcessEnv): GivenSettings {
  const oneOf = <T extends string>(name: string, values: readonly T[]): T | undefined => {
    const value = environment[name];
    if (!value) return undefined;
    const known = values.find((each) => each === value);
    if (known === undefined) throw new Error(`${name} is '${value}', not one of ${values.join(', ')}`);
    return known;
  };
  // In production only pages of origins that are named may ask.
  const isProduction = environment['NODE_ENV'] === 'production';
  const path = environment['GATEWAY_SETTINGS'];
  const file = path ? readSettingsFile(path) : {};
  const executor = oneOf('GATEWAY_EXECUTOR', ['compiled', 'stock']);
  const authorization = oneOf('AUTHORIZATION_MODE', ['filter', 'reject', 'dry-run']);
  const safelist = oneOf('SAFELIST', ['off', 'log', 'enforce']);
  const accessLog = oneOf('ACCESS_LOG', ['info', 'debug', 'off']);
  return {
    ...(isProduction && { corsOrigins: [] }),
    ...file,
    production: isProduction,
    ...(environment['TRUSTED_PROXIES'] && { trustedProxies: trustedProxies(environment['TRUSTED_PROXIES']) }),
    ...(environment['CORS_ORIGINS'] && { corsOrigins: corsOrigins(environment['CORS_ORIGINS']) }),
    ...(executor && { executor }),
    ...(authorization && { authorization }),
    ...(safelist && { safelist }),
    ...(accessLog && { accessLog }),
    ...(oneOf('RATE_LIMITS', ['on', 'off']) === 'off' && { rateLimits: false }),
    ...usageSettings(file.usage, environment['SCHEMA_USAGE_SAMPLE']),
  };
}

function trustedProxies(value: string): number {
  if (!/^\d$/.test(value)) throw new Error(`TRUSTED_PROXIES is '${value}', not a number from 0 to 9`);
  return Number(value);
}

function corsOrigins(value: string): string[] {
  const origins = value.split(',').map((origin) => origin.trim());
  const wrong = origins.find(
    (origin) => origin !== '*' && (!URL.canParse(origin) || new URL(origin).origin !== origin),
  );
  if (wrong !== undefined)
    throw new Error(`CORS_ORIGINS names '${wrong}', which is no origin such as https://example.com`);
  return origins;
}

/** `SCHEMA_USAGE_SAMPLE=0` records nothing. */
function usageSettings(file: GivenSettings['usage'], given: string | undefined): Pick<GivenSettings, 'usage'> {
  if (!given) return {};
  const sample = Number(given);
  if (!(sample >= 0 && sample <= 1)) throw new Error(`SCHEMA_USAGE_SAMPLE is '${given}', no number from 0 to 1`);
  return { usage: sample > 0 && { ...file, sample } };
}

const SUBGRAPH_URL = /^SUBGRAPH_URL_([A-Z0-9_]+)$/;

function subgraphUrls(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([variable, url]) => {
      const name = SUBGRAPH_URL.exec(variable)?.[1];
      return name && url ? [[name.toLowerCase().replaceAll('_', '-'), url]] : [];
    }),
  );
}

function inRepository(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}

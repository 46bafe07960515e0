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
  /** The folder of the operations that clients registered. */
  readonly registeredOperations: string;
  readonly jwksUrl: URL;
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
    subgraphUrls: subgraphUrls(environment),
    logLevel: environment['LOG_LEVEL'] ?? 'info',
    telemetry: telemetrySettings(environment),
    gateway: gatewaySettings(environment),
  };
}

/** The folder of the operations that clients of this repository registered. */
export const REGISTERED_OPERATIONS = inRepository('schema/clients');

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
  const file = environment['GATEWAY_SETTINGS'];
  const executor = oneOf('GATEWAY_EXECUTOR', ['compiled', 'stock']);
  const authorization = oneOf('AUTHORIZATION_MODE', ['filter', 'reject', 'dry-run']);
  const safelist = oneOf('SAFELIST', ['off', 'log', 'enforce']);
  const accessLog = oneOf('ACCESS_LOG', ['info', 'debug', 'off']);
  return {
    ...(file ? readSettingsFile(file) : {}),
    production: environment['NODE_ENV'] === 'production',
    ...(environment['TRUSTED_PROXIES'] && { trustedProxies: trustedProxies(environment['TRUSTED_PROXIES']) }),
    ...corsOrigins(environment),
    ...(executor && { executor }),
    ...(authorization && { authorization }),
    ...(safelist && { safelist }),
    ...(accessLog && { accessLog }),
    ...(oneOf('RATE_LIMITS', ['on', 'off']) === 'off' && { rateLimits: false }),
  };
}

function trustedProxies(value: string): number {
  if (!/^\d$/.test(value)) throw new Error(`TRUSTED_PROXIES is '${value}', not a number from 0 to 9`);
  return Number(value);
}

/** In production only pages of origins that are named may ask. */
function corsOrigins({ CORS_ORIGINS, NODE_ENV }: NodeJS.ProcessEnv): GivenSettings {
  if (!CORS_ORIGINS) return NODE_ENV === 'production' ? { corsOrigins: [] } : {};
  const origins = CORS_ORIGINS.split(',').map((origin) => origin.trim());
  const wrong = origins.find(
    (origin) => origin !== '*' && (!URL.canParse(origin) || new URL(origin).origin !== origin),
  );
  if (wrong !== undefined)
    throw new Error(`CORS_ORIGINS names '${wrong}', which is no origin such as https://example.com`);
  return { corsOrigins: origins };
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

import { fileURLToPath } from 'node:url';
import {
  areRateLimitsOn,
  httpUrl,
  listening,
  logging,
  oneOf,
  port,
  rateLimiting,
  readEnvironment,
  redisUrl,
  type Variables,
} from '@marquee/environment';
import { type TelemetrySettings, telemetrySettings } from '@marquee/telemetry';
import { z } from 'zod';
import { choices, readSettingsFile } from './settings-file.ts';
import type { GivenSettings } from './settings.ts';
import { HTTP_CLIENTS, type HttpClientName } from './transports/http.ts';

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
  /** The HTTP client that asks subgraphs. */
  readonly httpClient: HttpClientName;
  readonly logLevel: string;
  readonly telemetry: TelemetrySettings;
  readonly gateway: GivenSettings;
}

/** The manifest of the operations that clients of this repository registered. */
export const REGISTERED_OPERATIONS = inRepository('schema/clients/manifest.json');

const processVariables = {
  ...listening,
  ...logging,
  GATEWAY_PORT: port.default(4000),
  GATEWAY_HTTP_CLIENT: oneOf(...HTTP_CLIENTS).default('http1'),
  REDIS_URL: redisUrl,
  JWKS_URL: httpUrl.describe('the URL of the public keys that access tokens are signed with'),
  SERVICE_SECRET: z.string().describe('the secret that the gateway and the subgraphs share'),
  SUPERGRAPH: z.string().default(inRepository('schema/supergraph.graphql')),
  REGISTERED_OPERATIONS: z.string().default(REGISTERED_OPERATIONS),
};

/** @throws {EnvironmentError} naming what to set */
export function environmentSettings(variables: Variables): GatewayEnvironment {
  const read = readEnvironment(processVariables, variables);
  return {
    host: read.HOST,
    port: read.GATEWAY_PORT,
    redisUrl: read.REDIS_URL,
    supergraph: read.SUPERGRAPH,
    registeredOperations: read.REGISTERED_OPERATIONS,
    jwksUrl: new URL(read.JWKS_URL),
    serviceSecret: read.SERVICE_SECRET,
    subgraphUrls: subgraphUrls(variables),
    httpClient: read.GATEWAY_HTTP_CLIENT,
    logLevel: read.LOG_LEVEL,
    telemetry: telemetrySettings(variables),
    gateway: gatewaySettings(variables),
  };
}

const origin = z.string().refine((value) => value === '*' || (URL.canParse(value) && new URL(value).origin === value));

const settingVariables = {
  ...rateLimiting,
  GATEWAY_SETTINGS: z.string().optional(),
  GATEWAY_EXECUTOR: choices.executor.optional(),
  AUTHORIZATION_MODE: choices.authorization.optional(),
  SAFELIST: choices.safelist.optional(),
  ACCESS_LOG: choices.accessLog.optional(),
  TRUSTED_PROXIES: z.string().regex(/^\d$/).transform(Number).describe('a number from 0 to 9').optional(),
  CORS_ORIGINS: z
    .string()
    .transform((value) => value.split(',').map((each) => each.trim()))
    .pipe(z.array(origin))
    .describe('origins such as https://example.com, with commas between them, or *')
    .optional(),
  SCHEMA_USAGE_SAMPLE: z.coerce.number().min(0).max(1).describe('a number from 0 to 1').optional(),
};

/**
 * How a gateway behaves: the file named by `GATEWAY_SETTINGS`, and what single variables say over it.
 *
 * @throws {EnvironmentError} naming the variable, or the setting of the file, to mend
 */
export function gatewaySettings(variables: Variables): GivenSettings {
  const read = readEnvironment(settingVariables, variables);
  const file = read.GATEWAY_SETTINGS ? readSettingsFile(read.GATEWAY_SETTINGS) : {};
  const isProduction = read.NODE_ENV === 'production';
  return {
    // In production only pages of origins that are named may ask.
    ...(isProduction && { corsOrigins: [] }),
    ...file,
    production: isProduction,
    ...(read.TRUSTED_PROXIES !== undefined && { trustedProxies: read.TRUSTED_PROXIES }),
    ...(read.CORS_ORIGINS && { corsOrigins: read.CORS_ORIGINS }),
    ...(read.GATEWAY_EXECUTOR && { executor: read.GATEWAY_EXECUTOR }),
    ...(read.AUTHORIZATION_MODE && { authorization: read.AUTHORIZATION_MODE }),
    ...(read.SAFELIST && { safelist: read.SAFELIST }),
    ...(read.ACCESS_LOG && { accessLog: read.ACCESS_LOG }),
    ...(!areRateLimitsOn(read) && { rateLimits: false }),
    ...usageSettings(file.usage, read.SCHEMA_USAGE_SAMPLE),
  };
}

/** `SCHEMA_USAGE_SAMPLE=0` records nothing. */
function usageSettings(file: GivenSettings['usage'], sample: number | undefined): Pick<GivenSettings, 'usage'> {
  if (sample === undefined) return {};
  return { usage: sample > 0 && { ...file, sample } };
}

/** `SUBGRAPH_URL_WAITING_ROOM` is where the subgraph `waiting-room` is. */
function subgraphUrls(variables: Variables): Record<string, string> {
  const names = Object.keys(variables).filter((name) => /^SUBGRAPH_URL_[A-Z0-9_]+$/.test(name));
  const read = readEnvironment(Object.fromEntries(names.map((name) => [name, httpUrl.optional()])), variables);
  return Object.fromEntries(
    Object.entries(read).flatMap(([variable, url]) =>
      url ? [[variable.slice('SUBGRAPH_URL_'.length).toLowerCase().replaceAll('_', '-'), url]] : [],
    ),
  );
}

function inRepository(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}

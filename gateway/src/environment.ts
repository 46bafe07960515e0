import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  areRateLimitsOn,
  EnvironmentError,
  httpUrl,
  listening,
  logging,
  metricsListening,
  oneOf,
  port,
  rateLimiting,
  readEnvironment,
  redisUrl,
  refuseLoosenings,
  serviceKeyFiles,
  type Variables,
} from '@marquee/environment';
import { type TelemetrySettings, telemetrySettings } from '@marquee/telemetry';
import { z } from 'zod';
import { LOOSENINGS, looseSettings } from './loosenings.ts';
import type { DemoAccount } from './server/explorer.ts';
import { SANDBOX_PAGES, type SandboxPages } from './server/pages/sandbox-pages.ts';
import type { SiteOptions } from './server/sites/site.ts';
import type { TlsOptions } from './server/tls-server.ts';
import { choices, readSettingsFile } from './settings-file.ts';
import type { GivenSettings } from './settings.ts';
import { HTTP_CLIENTS, type HttpClientName } from './transports/http.ts';

/** Everything that a gateway process reads from its environment. */
export interface GatewayEnvironment {
  readonly host: string;
  readonly port: number;
  readonly metricsHost: string;
  readonly metricsPort: number;
  readonly redisUrl: string;
  readonly redisCacheUrl: string | undefined;
  /** Path of the supergraph's SDL. */
  readonly supergraph: string;
  /** Path of the manifest of registered operations. */
  readonly registeredOperations: string;
  readonly tls: TlsOptions | undefined;
  /** Accounts of the seed, which the explorer signs in to. */
  readonly demoAccounts: readonly DemoAccount[];
  /** The addresses of a developer's sandboxes. */
  readonly sandboxPages: SandboxPages;
  /** Static applications that are served beside the endpoint. */
  readonly sites: readonly SiteOptions[];
  readonly jwksUrl: URL;
  /** The file of the gateway's private keys, which sign what it sends to subgraphs. */
  readonly serviceKeyFile: string;
  /** Signs reservations of event streams; the same in all gateways. */
  readonly streamSecret: string | undefined;
  /** URLs that override those of the supergraph, by subgraph name. */
  readonly subgraphUrls: Readonly<Record<string, string>>;
  /** The HTTP client for subgraphs. */
  readonly httpClient: HttpClientName;
  readonly logLevel: string;
  readonly telemetry: TelemetrySettings;
  readonly gateway: GivenSettings;
}

/** The manifest of the operations registered in this repository. */
export const REGISTERED_OPERATIONS = inRepository('schema/clients/manifest.json');

const demoAccount = z.strictObject({
  ...{ role: z.string(), roles: z.array(z.string()), organisation: z.string().nullable() },
  ...{ email: z.string(), password: z.string() },
});

const processVariables = {
  ...listening,
  ...logging,
  ...metricsListening,
  GATEWAY_PORT: port.default(4000),
  GATEWAY_HTTP_CLIENT: oneOf(...HTTP_CLIENTS).default('http1'),
  REDIS_URL: redisUrl,
  REDIS_CACHE_URL: redisUrl.optional(),
  JWKS_URL: httpUrl.describe('the URL of the public keys that verify access tokens'),
  SERVICE_KEY_FILE: serviceKeyFiles.SERVICE_KEY_FILE,
  EVENT_STREAM_SECRET: z.string().min(32).describe('a secret of at least 32 characters').optional(),
  SUPERGRAPH: z.string().default(inRepository('schema/supergraph.graphql')),
  REGISTERED_OPERATIONS: z.string().default(REGISTERED_OPERATIONS),
  TLS_CERT_FILE: z.string().optional(),
  TLS_KEY_FILE: z.string().optional(),
  SANDBOX_PAGES: z
    .string()
    .transform(parsedJson)
    .pipe(z.partialRecord(z.enum(SANDBOX_PAGES), httpUrl))
    .describe(`a JSON object of URLs by ${SANDBOX_PAGES.join(', ')}`)
    .default({}),
  SITES: z
    .string()
    .transform(parsedJson)
    .pipe(z.record(z.string().regex(/^\/([a-z0-9-]+)?$/), z.string().refine(isBuilt)))
    .describe('a JSON object of folders with an index.html, by path, such as {"/": "apps/storefront/dist"}')
    .default({}),
  DEMO_ACCOUNTS: z
    .string()
    .transform(parsedJson)
    .pipe(z.array(demoAccount))
    .describe('a JSON array of {"role", "roles", "organisation", "email", "password"}')
    .default([]),
};

function isBuilt(folder: string): boolean {
  return existsSync(join(folder, 'index.html'));
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @throws {EnvironmentError} naming what to set */
export function environmentSettings(variables: Variables): GatewayEnvironment {
  const read = readEnvironment(processVariables, variables);
  return {
    host: read.HOST,
    port: read.GATEWAY_PORT,
    metricsHost: read.METRICS_HOST,
    metricsPort: read.METRICS_PORT,
    redisUrl: read.REDIS_URL,
    redisCacheUrl: read.REDIS_CACHE_URL,
    supergraph: read.SUPERGRAPH,
    registeredOperations: read.REGISTERED_OPERATIONS,
    tls: tlsFiles(read),
    demoAccounts: read.DEMO_ACCOUNTS,
    sandboxPages: read.SANDBOX_PAGES,
    sites: Object.entries(read.SITES).map(([prefix, folder]) => ({ prefix, folder })),
    jwksUrl: new URL(read.JWKS_URL),
    serviceKeyFile: read.SERVICE_KEY_FILE,
    streamSecret: read.EVENT_STREAM_SECRET,
    subgraphUrls: subgraphUrls(variables),
    httpClient: read.GATEWAY_HTTP_CLIENT,
    logLevel: read.LOG_LEVEL,
    telemetry: telemetrySettings(variables),
    gateway: gatewaySettings(variables),
  };
}

function tlsFiles({ TLS_CERT_FILE: certFile, TLS_KEY_FILE: keyFile }: TlsVariables): TlsOptions | undefined {
  if (certFile && keyFile) return { certFile, keyFile };
  if (certFile || keyFile) throw new EnvironmentError('Set both TLS_CERT_FILE and TLS_KEY_FILE, or neither.');
  return undefined;
}

interface TlsVariables {
  readonly TLS_CERT_FILE?: string | undefined;
  readonly TLS_KEY_FILE?: string | undefined;
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
  TRUST_TRACEPARENT: oneOf('on', 'off').optional(),
  CORS_ORIGINS: z
    .string()
    .transform((value) => value.split(',').map((each) => each.trim()))
    .pipe(z.array(origin))
    .describe('origins such as https://example.com, separated by commas, or *')
    .optional(),
  SCHEMA_USAGE_SAMPLE: z.coerce.number().min(0).max(1).describe('a number from 0 to 1').optional(),
};

/**
 * Settings of the file named by `GATEWAY_SETTINGS`; single variables take precedence.
 *
 * @throws {EnvironmentError} naming the invalid variable, or the invalid setting of the file
 */
export function gatewaySettings(variables: Variables): GivenSettings {
  const read = readEnvironment(settingVariables, variables);
  refuseLoosenings(LOOSENINGS, variables);
  const file = read.GATEWAY_SETTINGS ? readSettingsFile(read.GATEWAY_SETTINGS) : {};
  const isProduction = read.NODE_ENV === 'production';
  const loose = isProduction ? looseSettings(file) : [];
  if (loose.length > 0)
    throw new EnvironmentError(`Correct the settings in ${read.GATEWAY_SETTINGS}:\n${loose.join('\n')}`);
  return {
    // In production cross-origin requests need an explicit list of origins.
    ...(isProduction && { corsOrigins: [] }),
    ...file,
    production: isProduction,
    ...(read.TRUSTED_PROXIES !== undefined && { trustedProxies: read.TRUSTED_PROXIES }),
    ...(read.TRUST_TRACEPARENT && { trustTraceparent: read.TRUST_TRACEPARENT === 'on' }),
    ...(read.CORS_ORIGINS && { corsOrigins: read.CORS_ORIGINS }),
    ...(read.GATEWAY_EXECUTOR && { executor: read.GATEWAY_EXECUTOR }),
    ...(read.AUTHORIZATION_MODE && { authorization: read.AUTHORIZATION_MODE }),
    ...(read.SAFELIST && { safelist: read.SAFELIST }),
    ...(read.ACCESS_LOG && { accessLog: read.ACCESS_LOG }),
    ...(!areRateLimitsOn(read) && { rateLimits: false }),
    ...usageSettings(file.usage, read.SCHEMA_USAGE_SAMPLE),
  };
}

/** `SCHEMA_USAGE_SAMPLE=0` disables recording. */
function usageSettings(file: GivenSettings['usage'], sample: number | undefined): Pick<GivenSettings, 'usage'> {
  if (sample === undefined) return {};
  return { usage: sample > 0 && { ...file, sample } };
}

/** `SUBGRAPH_URL_WAITING_ROOM` is the URL of the subgraph `waiting-room`. */
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

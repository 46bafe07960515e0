import { databaseUrl } from '@marquee/database';
import {
  areRateLimitsOn,
  EnvironmentError,
  httpUrl,
  listening,
  logging,
  metricsListening,
  port,
  postgresUrl,
  rateLimiting,
  readEnvironment,
  redisUrl,
  refuseLoosenings,
  serviceKeyFiles,
  variableFor,
  type Variables,
} from '@marquee/environment';
import { type TelemetrySettings, telemetrySettings } from '@marquee/telemetry';

import { askedBy } from '../asks.ts';
import type { DefinedSubgraph } from '../define-subgraph.ts';

import { looseningsOf, settingsIn } from '../settings.ts';

/** Everything that a subgraph's process reads from its environment. */
export interface ServiceEnvironment {
  readonly host: string;
  readonly port: number;
  readonly databaseUrl: string;
  readonly metricsAddress: { readonly host: string; readonly port: number };
  readonly redisUrl: string;
  /** The Redis that evicts; without it, the process caches in its own memory. */
  readonly redisCacheUrl: string | undefined;
  /** The file of this subgraph's private keys. */
  readonly serviceKeyFile: string;
  /** The file of all services' public keys. */
  readonly serviceKeysFile: string;
  /** The URL of the access tokens' public keys; undefined for the subgraph that signs them. */
  readonly jwksUrl: URL | undefined;
  /** URLs of the subgraphs that it `asks`, by name. */
  readonly subgraphUrls: ReadonlyMap<string, string>;
  readonly logLevel: string;
  readonly telemetry: TelemetrySettings;
  /** False disables rate limits. */
  readonly rateLimits: boolean;
  /** The subgraph's own settings, unparsed. */
  readonly settings: Readonly<Record<string, string>>;
}

type Needs = Pick<DefinedSubgraph, 'name' | 'asks' | 'settings' | 'signsTokens'>;

const optionalUrl = httpUrl.optional();

/** @param subgraphs the names of all @throws {EnvironmentError} naming what to set */
export function serviceEnvironment(
  subgraph: Needs,
  variables: Variables,
  subgraphs: readonly string[] = [],
): ServiceEnvironment {
  const { name, signsTokens } = subgraph;
  refuseLoosenings(looseningsOf(subgraph), variables);
  const read = readEnvironment(
    {
      ...{ ...listening, ...logging, ...metricsListening, ...rateLimiting },
      ...{ PORT: port, REDIS_URL: redisUrl, REDIS_CACHE_URL: redisUrl.optional() },
      ...serviceKeyFiles,
      JWKS_URL: signsTokens ? optionalUrl : httpUrl,
    },
    variables,
  );
  return {
    host: read.HOST,
    port: read.PORT,
    databaseUrl: databaseOf(name, variables),
    metricsAddress: { host: read.METRICS_HOST, port: read.METRICS_PORT },
    redisUrl: read.REDIS_URL,
    redisCacheUrl: read.REDIS_CACHE_URL,
    serviceKeyFile: read.SERVICE_KEY_FILE,
    serviceKeysFile: read.SERVICE_KEYS_FILE,
    jwksUrl: read.JWKS_URL === undefined ? undefined : new URL(read.JWKS_URL),
    subgraphUrls: new Map(askedBy(subgraph, subgraphs).map((asked) => [asked, addressOf(asked, variables)])),
    logLevel: read.LOG_LEVEL,
    telemetry: telemetrySettings(variables),
    rateLimits: areRateLimitsOn(read),
    settings: settingsIn(subgraph, variables),
  };
}

/** The URL of its own database, or of the server that has it. */
function databaseOf(name: string, variables: Variables): string {
  const own = variableFor('DATABASE_URL', name);
  const url = postgresUrl.optional();
  const read: Record<string, string | undefined> = readEnvironment({ [own]: url, DATABASE_URL: url }, variables);
  const { [own]: given, DATABASE_URL: server } = read;
  if (given !== undefined) return given;
  if (server === undefined) throw new EnvironmentError(`Set ${own} or DATABASE_URL to ${postgresUrl.description}.`);
  return databaseUrl(server, name);
}

function addressOf(subgraph: string, variables: Variables): string {
  const variable = variableFor('SUBGRAPH_URL', subgraph);
  return readEnvironment({ [variable]: httpUrl }, variables)[variable] ?? '';
}

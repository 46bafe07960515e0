import { fileURLToPath } from 'node:url';
import type { GivenSettings } from './server/settings.ts';

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
  readonly gateway: GivenSettings;
}

/** @throws naming the variable that is missing or makes no sense. */
export function environmentSettings(environment: NodeJS.ProcessEnv): GatewayEnvironment {
  const required = (name: string): string => {
    const value = environment[name];
    if (!value) throw new Error(`${name} is not set`);
    return value;
  };
  const oneOf = <T extends string>(name: string, values: readonly [T, ...T[]]): T => {
    const value = environment[name] ?? values[0];
    const known = values.find((each) => each === value);
    if (known === undefined) throw new Error(`${name} is '${value}', not one of ${values.join(', ')}`);
    return known;
  };
  const port = Number(environment['GATEWAY_PORT'] ?? 4000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error('GATEWAY_PORT is no port');
  const areLimitsOff = oneOf('RATE_LIMITS', ['on', 'off']) === 'off';
  return {
    host: environment['HOST'] ?? '127.0.0.1',
    port,
    redisUrl: required('REDIS_URL'),
    supergraph: environment['SUPERGRAPH'] ?? inRepository('schema/supergraph.graphql'),
    registeredOperations: environment['REGISTERED_OPERATIONS'] ?? inRepository('schema/clients'),
    jwksUrl: new URL(required('JWKS_URL')),
    subgraphUrls: subgraphUrls(environment),
    logLevel: environment['LOG_LEVEL'] ?? 'info',
    gateway: {
      production: environment['NODE_ENV'] === 'production',
      trustProxy: oneOf('TRUST_PROXY', ['no', 'yes']) === 'yes',
      executor: oneOf('GATEWAY_EXECUTOR', ['compiled', 'stock']),
      authorization: oneOf('AUTHORIZATION_MODE', ['filter', 'reject', 'dry-run']),
      safelist: oneOf('SAFELIST', ['off', 'log', 'enforce']),
      ...(areLimitsOff ? { rateLimits: false } : {}),
    },
  };
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

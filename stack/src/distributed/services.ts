import { variableFor } from '@marquee/environment';
import { NODE_OPTIONS } from '@marquee/gateway/node-options';
import { GATEWAY_SERVICE, privateKeysFile, publicKeysFile } from '@marquee/identity';
import { askedBy, type DefinedSubgraph, foldersOf, secretsOf, variableOf } from '@marquee/subgraph';

import { databaseNames } from '../databases.ts';
import { type PublicUrls, publicUrls, publicUrlSettings } from '../public-url.ts';
import {
  SANDBOX_MAIL,
  SANDBOX_PROVIDER,
  SANDBOX_PUSH,
  SANDBOX_SIGN_IN,
  sandboxKeys,
  sandboxSettings,
  sandboxSignIn,
  webhookUrlAt,
} from '../sandbox.ts';
import type { StackSite } from '../sites.ts';
import { signerOf } from '../subgraphs.ts';

/** A program of this repository to run as a separate process. */
export interface ServiceSpec {
  name: string;
  /** The bundle that `npm run build` makes, relative to the repository. */
  file: string;
  args?: readonly string[];
  nodeOptions?: readonly string[];
  host: string;
  port: number;
  metricsPort?: number;
  /** The path that answers 200 once the service is ready. */
  readyPath: string;
  /** Environment variables in addition to those of the stack. */
  variables: Record<string, string>;
}

export interface ServicesOptions {
  definitions: readonly DefinedSubgraph[];
  databaseUrls: Readonly<Record<string, string>>;
  redisUrl: string;
  redisCacheUrl: string | undefined;
  /** Secrets by name; the same as in the single-process stack, so that both can serve the same data. */
  secret: (name: string) => string;
  /** The folder of a subgraph that keeps something on disk; the same, too. */
  folderOf: (subgraph: string) => string;
  /** The folder of the services' keys. */
  serviceKeys: string;
  /** Settings from the environment, by subgraph. They override what the stack sets. */
  settings: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Applications that the gateway serves. */
  sites: readonly StackSite[];
  /** The gateway's host; other services listen on 127.0.0.1 only. */
  host: string;
  /** Ports by service. */
  ports: Readonly<Record<string, number>>;
  /** Ports of metrics, by service. */
  metricsPorts: Readonly<Record<string, number>>;
  rateLimits: boolean;
  /** Whether NODE_ENV is production. */
  production: boolean;
  logLevel: string;
  /** Where the sandbox payment provider sends its webhooks; straight to payments by default. */
  webhookUrl?: string | undefined;
}

const LOOPBACK = '127.0.0.1';

/** The sandboxes refuse production; a stack that plays it still needs them. */
const FOR_DEVELOPMENT = { NODE_ENV: 'development' };
/** The second port of the sandbox mail server. */
const SMTP = 'smtp';

/** The names of the ports that the services need, beside the gateway's. */
export function portNames(): string[] {
  return [...databaseNames(), SANDBOX_MAIL, SMTP, SANDBOX_PUSH, SANDBOX_SIGN_IN];
}

/**
 * The services in the order of need: each group serves before the next one starts. What others have to hear of comes
 * first: the keys of tokens, and what the seed made.
 */
export function servicesOf(options: ServicesOptions): ServiceSpec[][] {
  const isFirst = ({ signsTokens, seed }: DefinedSubgraph): boolean => signsTokens || seed !== undefined;
  const { definitions } = options;
  const first = definitions.filter(isFirst);
  const others = definitions.filter((definition) => !isFirst(definition));
  const subgraph = (definition: DefinedSubgraph): ServiceSpec => subgraphService(options, definition);
  return [[...first.map(subgraph), ...sandboxes(options)], others.map(subgraph), [gatewayService(options)]];
}

function sandboxes(options: ServicesOptions): ServiceSpec[] {
  return [providerService, mailService, pushService, signInService].map((service) => service(options));
}

function subgraphService(options: ServicesOptions, definition: DefinedSubgraph): ServiceSpec {
  const { databaseUrls, secret, folderOf, serviceKeys } = options;
  const { name } = definition;
  const names = options.definitions.map((each) => each.name);
  const metricsPort = metricsPortOf(options, name);
  const settings = {
    ...secretsOf(definition, secret),
    ...foldersOf(definition, folderOf),
    ...sandboxSettings(name, {
      provider: originOf(options, SANDBOX_PROVIDER),
      mail: `smtp://${LOOPBACK}:${portOf(options, SMTP)}`,
      push: !options.production,
      // In production, a provider without TLS is refused.
      ...(!options.production && { signIn: signInClient(options).providerAt(originOf(options, SANDBOX_SIGN_IN)) }),
    }),
    // In production, links to pages without TLS are refused.
    ...publicUrlSettings(definition, { ...urlsOf(options), ...(options.production && { sites: [] }) }),
    ...options.settings[name],
  };
  return {
    ...{ name, file: 'dist/subgraph.mjs', args: [name], host: LOOPBACK, port: portOf(options, name) },
    ...{ metricsPort, readyPath: '/readyz' },
    variables: {
      HOST: LOOPBACK,
      PORT: String(portOf(options, name)),
      METRICS_HOST: LOOPBACK,
      METRICS_PORT: String(metricsPort),
      [variableFor('DATABASE_URL', name)]: databaseUrls[name] ?? '',
      SERVICE_KEY_FILE: privateKeysFile(serviceKeys, name),
      SERVICE_KEYS_FILE: publicKeysFile(serviceKeys),
      ...shared(options),
      ...(definition.caches && cacheOf(options)),
      ...addressesOf(options, askedBy(definition, names)),
      ...Object.fromEntries(Object.entries(settings).map(([key, value]) => [variableOf(name, key), value])),
    },
  };
}

function providerService(options: ServicesOptions): ServiceSpec {
  const { databaseUrls, logLevel, secret } = options;
  const { apiKey, webhookSecret } = sandboxKeys(secret);
  const port = portOf(options, SANDBOX_PROVIDER);
  return {
    ...{ name: SANDBOX_PROVIDER, file: `dist/${SANDBOX_PROVIDER}.mjs`, host: LOOPBACK, port, readyPath: '/healthz' },
    variables: {
      ...FOR_DEVELOPMENT,
      HOST: LOOPBACK,
      SANDBOX_PROVIDER_PORT: String(port),
      // Webhooks go straight to payments: the gateway serves clients only.
      SANDBOX_PROVIDER_WEBHOOK_URL: options.webhookUrl ?? webhookUrlAt(originOf(options, 'payments')),
      SANDBOX_PROVIDER_API_KEY: apiKey,
      SANDBOX_PROVIDER_WEBHOOK_SECRET: webhookSecret,
      [variableFor('DATABASE_URL', SANDBOX_PROVIDER)]: databaseUrls[SANDBOX_PROVIDER] ?? '',
      LOG_LEVEL: logLevel,
    },
  };
}

function mailService(options: ServicesOptions): ServiceSpec {
  const port = portOf(options, SANDBOX_MAIL);
  return {
    ...{ name: SANDBOX_MAIL, file: `dist/${SANDBOX_MAIL}.mjs`, host: LOOPBACK, port, readyPath: '/healthz' },
    variables: {
      ...FOR_DEVELOPMENT,
      SANDBOX_MAIL_PORT: String(port),
      SANDBOX_MAIL_SMTP_PORT: String(portOf(options, SMTP)),
      LOG_LEVEL: options.logLevel,
    },
  };
}

function pushService(options: ServicesOptions): ServiceSpec {
  const port = portOf(options, SANDBOX_PUSH);
  return {
    ...{ name: SANDBOX_PUSH, file: `dist/${SANDBOX_PUSH}.mjs`, host: LOOPBACK, port, readyPath: '/healthz' },
    variables: { ...FOR_DEVELOPMENT, SANDBOX_PUSH_PORT: String(port), LOG_LEVEL: options.logLevel },
  };
}

function signInService(options: ServicesOptions): ServiceSpec {
  const port = portOf(options, SANDBOX_SIGN_IN);
  const { id, secret, redirectUris } = signInClient(options).client;
  return {
    ...{ name: SANDBOX_SIGN_IN, file: `dist/${SANDBOX_SIGN_IN}.mjs`, host: LOOPBACK, port, readyPath: '/healthz' },
    variables: {
      ...FOR_DEVELOPMENT,
      SANDBOX_SIGN_IN_PORT: String(port),
      SANDBOX_SIGN_IN_CLIENT_ID: id,
      SANDBOX_SIGN_IN_CLIENT_SECRET: secret,
      SANDBOX_SIGN_IN_REDIRECT_URI: redirectUris.join(),
      LOG_LEVEL: options.logLevel,
    },
  };
}

function signInClient(options: ServicesOptions) {
  return sandboxSignIn({ origin: urlsOf(options).origin, secret: options.secret });
}

function gatewayService(options: ServicesOptions): ServiceSpec {
  const { host, definitions } = options;
  const port = portOf(options, 'gateway');
  const metricsPort = metricsPortOf(options, 'gateway');
  const names = definitions.map(({ name }) => name);
  return {
    ...{ name: 'gateway', file: 'dist/gateway.mjs', nodeOptions: NODE_OPTIONS, host, port, readyPath: '/readyz' },
    metricsPort,
    variables: {
      HOST: host,
      GATEWAY_PORT: String(port),
      METRICS_PORT: String(metricsPort),
      SERVICE_KEY_FILE: privateKeysFile(options.serviceKeys, GATEWAY_SERVICE),
      SITES: JSON.stringify(Object.fromEntries(options.sites.map(({ prefix, folder }) => [prefix, folder]))),
      ...(options.production ? {} : forDevelopers(options)),
      ...addressesOf(options, names),
      ...shared(options),
      ...cacheOf(options),
    },
  };
}

/** Where the gateway's pages lead a developer. */
function forDevelopers(options: ServicesOptions): Record<string, string> {
  return {
    SANDBOX_PAGES: JSON.stringify({
      mail: originOf(options, SANDBOX_MAIL),
      push: originOf(options, SANDBOX_PUSH),
      cards: originOf(options, SANDBOX_PROVIDER),
      'sign-in': signInClient(options).startUrl,
    }),
    DEMO_ACCOUNTS: JSON.stringify(options.definitions.flatMap(({ demoAccounts = [] }) => demoAccounts)),
  };
}

function shared(options: ServicesOptions): Record<string, string> {
  const { redisUrl, rateLimits, logLevel, definitions } = options;
  return {
    REDIS_URL: redisUrl,
    JWKS_URL: `${originOf(options, signerOf(definitions))}/.well-known/jwks.json`,
    RATE_LIMITS: rateLimits ? 'on' : 'off',
    LOG_LEVEL: logLevel,
  };
}

function cacheOf({ redisCacheUrl }: ServicesOptions): Record<string, string> {
  return redisCacheUrl === undefined ? {} : { REDIS_CACHE_URL: redisCacheUrl };
}

function addressesOf(options: ServicesOptions, subgraphs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    subgraphs.map((name) => [variableFor('SUBGRAPH_URL', name), `${originOf(options, name)}/graphql`]),
  );
}

function urlsOf(options: ServicesOptions): PublicUrls {
  return publicUrls({ ...options, port: portOf(options, 'gateway') });
}

function originOf(options: ServicesOptions, service: string): string {
  return `http://${LOOPBACK}:${portOf(options, service)}`;
}

function portOf({ ports }: ServicesOptions, service: string): number {
  return ports[service] ?? noPort(service);
}

function metricsPortOf({ metricsPorts }: ServicesOptions, service: string): number {
  return metricsPorts[service] ?? noPort(service);
}

function noPort(service: string): never {
  throw new Error(`The service ${service} has no port`);
}

import { NODE_OPTIONS } from '@marquee/gateway/node-options';
import type { Domain } from '../domains.ts';

/** A program of this repository that runs as a process of its own. */
export interface ServiceSpec {
  name: string;
  /** What `npm run build` makes of it, from the repository's root. */
  file: string;
  /** Further options for Node. */
  nodeOptions?: readonly string[];
  host: string;
  port: number;
  /** Answers 200 once it can serve. */
  readyPath: string;
  /** What its environment says beside that of the stack. */
  variables: Record<string, string>;
}

export interface ServicesOptions {
  databaseUrls: Record<Domain, string>;
  redisUrl: string;
  /** Secrets by name: those of the one-process stack, so that both serve the same data. */
  secret: (name: string) => string;
  /** Of the gateway; all others are reached from this machine alone. */
  host: string;
  ports: Record<Domain | 'gateway', number>;
  rateLimits: boolean;
  logLevel: string;
}

type SubgraphName = Exclude<Domain, 'sandbox-provider'>;

const LOOPBACK = '127.0.0.1';

/** The services in the order of need: each group serves before the next one starts. */
export function servicesOf(options: ServicesOptions): ServiceSpec[][] {
  const { ports, secret } = options;
  const subgraph = subgraphsWith(options);
  const provider = {
    SANDBOX_PROVIDER_API_KEY: secret('provider-api-key'),
    SANDBOX_PROVIDER_WEBHOOK_SECRET: secret('provider-webhooks'),
  };
  return [
    [
      // What others have to hear of comes first: the keys of tokens, and the shows that the seed told.
      subgraph('accounts', { ACCOUNTS_ENCRYPTION_KEY: secret('accounts-encryption') }),
      subgraph('catalog', {}),
      providerWith(options, provider),
    ],
    [
      subgraph('booking', { TICKET_SECRET: secret('tickets') }),
      subgraph('payments', {
        ...provider,
        SANDBOX_PROVIDER_URL: `http://${LOOPBACK}:${ports['sandbox-provider']}`,
        SUBGRAPH_URL_BOOKING: graphqlAt(ports.booking),
      }),
      subgraph('notifications', {}),
    ],
    [gatewayWith(options)],
  ];
}

function subgraphsWith({ ports, databaseUrls, secret, ...options }: ServicesOptions) {
  return (name: SubgraphName, own: Record<string, string>): ServiceSpec => ({
    name,
    file: `dist/${name}.mjs`,
    host: LOOPBACK,
    port: ports[name],
    readyPath: '/readyz',
    variables: {
      HOST: LOOPBACK,
      PORT: String(ports[name]),
      [databaseVariable(name)]: databaseUrls[name],
      SERVICE_SECRET: secret('service-calls'),
      ...shared(options, ports.accounts),
      ...own,
    },
  });
}

function providerWith(options: ServicesOptions, keys: Record<string, string>): ServiceSpec {
  const { ports, databaseUrls, logLevel } = options;
  return {
    name: 'sandbox-provider',
    file: 'dist/sandbox-provider.mjs',
    host: LOOPBACK,
    port: ports['sandbox-provider'],
    readyPath: '/healthz',
    variables: {
      HOST: LOOPBACK,
      SANDBOX_PROVIDER_PORT: String(ports['sandbox-provider']),
      // Straight to payments: the gateway serves clients alone.
      SANDBOX_PROVIDER_WEBHOOK_URL: `http://${LOOPBACK}:${ports.payments}/webhooks/payments/sandbox`,
      [databaseVariable('sandbox-provider')]: databaseUrls['sandbox-provider'],
      LOG_LEVEL: logLevel,
      ...keys,
    },
  };
}

function gatewayWith(options: ServicesOptions): ServiceSpec {
  const { host, ports } = options;
  const subgraphs: SubgraphName[] = ['accounts', 'catalog', 'booking', 'payments', 'notifications'];
  return {
    name: 'gateway',
    file: 'dist/gateway.mjs',
    nodeOptions: NODE_OPTIONS,
    host,
    port: ports.gateway,
    readyPath: '/readyz',
    variables: {
      HOST: host,
      GATEWAY_PORT: String(ports.gateway),
      SERVICE_SECRET: options.secret('service-calls'),
      ...Object.fromEntries(subgraphs.map((name) => [`SUBGRAPH_URL_${name.toUpperCase()}`, graphqlAt(ports[name])])),
      ...shared(options, ports.accounts),
    },
  };
}

function shared(
  { redisUrl, rateLimits, logLevel }: Pick<ServicesOptions, 'redisUrl' | 'rateLimits' | 'logLevel'>,
  accountsPort: number,
): Record<string, string> {
  return {
    REDIS_URL: redisUrl,
    JWKS_URL: `http://${LOOPBACK}:${accountsPort}/.well-known/jwks.json`,
    RATE_LIMITS: rateLimits ? 'on' : 'off',
    LOG_LEVEL: logLevel,
  };
}

function databaseVariable(name: string): string {
  return `DATABASE_URL_${name.toUpperCase().replaceAll('-', '_')}`;
}

function graphqlAt(port: number): string {
  return `http://${LOOPBACK}:${port}/graphql`;
}

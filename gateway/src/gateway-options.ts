import type { TokenOptions } from '@marquee/identity';
import type { Log, Readiness, Tracer } from '@marquee/telemetry';
import type { FastifyInstance } from 'fastify';
import type { Redis } from 'ioredis';
import type { Registry } from 'prom-client';
import type { PolicyFunction } from './authorization/policy.ts';
import type { Engine } from './engine/api.ts';
import type { Planning } from './planning/api.ts';
import type { RegisteredOperations } from './protection/safelist.ts';
import type { DemoAccount } from './server/explorer.ts';
import type { SandboxPages } from './server/pages/sandbox-pages.ts';
import type { SiteOptions } from './server/sites/site.ts';
import type { TlsOptions } from './server/tls-server.ts';
import type { GivenSettings } from './settings.ts';
import type { SupergraphSource } from './supergraph-source.ts';
import type { TransportFor } from './transports/open-transports.ts';

export interface GatewayOptions {
  readonly supergraph: SupergraphSource;
  /** Creates the transport to each subgraph. The gateway adds retries, circuit breaker and single flight. */
  readonly transportFor: TransportFor;
  /** The issuer of access tokens. Its public keys are also served at `/.well-known/jwks.json`. */
  readonly identity: TokenOptions;
  /**
   * Without Redis, revoked sessions stay valid until their token expires, each process has its own rate limits, and no
   * schema usage is recorded.
   */
  readonly redis?: Redis;
  /** A Redis that may evict, for persisted queries; without it each process has its own in memory. */
  readonly cache?: Redis | undefined;
  /** Prefix of all Redis keys and channels. */
  readonly namespace?: string;
  /** Signs reservations of event streams, so that they are valid at every gateway with the same secret. */
  readonly streamSecret?: string;
  /** Ends TLS here, and speaks HTTP/2 too. */
  readonly tls?: TlsOptions | undefined;
  readonly readiness?: Readiness;
  /** Whether readiness also queries every subgraph; for subgraphs in other processes. */
  readonly probeSubgraphs?: boolean;
  /** Adds routes to the same HTTP server. */
  readonly routes?: (app: FastifyInstance) => void | Promise<void>;
  /** Functions that evaluate `@policy`, by policy name. */
  readonly policies?: Readonly<Record<string, PolicyFunction>>;
  /** Operations that clients may send by hash. With `safelist: 'enforce'` no others run. */
  readonly registeredOperations?: RegisteredOperations;
  /** Clients whose schema usage is always recorded under their own names. */
  readonly registeredClients?: readonly string[];
  /** Accounts that the explorer signs in to by one click; unused in production, which has no explorer. */
  readonly demoAccounts?: readonly DemoAccount[];
  /** The sandboxes of a developer's stack, which the first page leads to where there is an explorer. */
  readonly sandboxPages?: SandboxPages;
  /** Static applications, each below its prefix. */
  readonly sites?: readonly SiteOptions[];
  /** Validates and plans operations for several gateways of one process; each has its own by default. */
  readonly planning?: Planning;
  readonly settings?: GivenSettings;
  readonly log?: Log;
  readonly metrics?: Registry;
  /** Records traces. Without it, trace ids are only propagated. */
  readonly tracer?: Tracer | undefined;
  readonly now?: () => number;
  readonly random?: () => number;
}

export interface Gateway {
  readonly app: FastifyInstance;
  readonly engine: Engine;
  readonly metrics: Registry;
  /** Starts listening. @returns the URL */
  listen(port: number, host?: string): Promise<string>;
  /** Serves metrics and the state of dependencies on a port of their own. @returns the URL of the metrics */
  listenForMetrics(port: number, host?: string): Promise<string>;
  /** Waits for requests in flight, closes sockets with 1001 and releases everything. Idempotent. */
  stop(): Promise<void>;
}

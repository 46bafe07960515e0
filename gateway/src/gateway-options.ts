import type { TokenOptions } from '@marquee/identity';
import type { Log, Readiness, Tracer } from '@marquee/telemetry';
import type { FastifyInstance } from 'fastify';
import type { Redis } from 'ioredis';
import type { Registry } from 'prom-client';
import type { PolicyFunction } from './authorization/policy.ts';
import type { Engine } from './engine/api.ts';
import type { RegisteredOperations } from './protection/safelist.ts';
import type { GivenSettings } from './settings.ts';
import type { SupergraphSource } from './supergraph-source.ts';
import type { TransportFor } from './transports/open-transports.ts';

export interface GatewayOptions {
  readonly supergraph: SupergraphSource;
  /** How each subgraph is reached; deadline, retries, circuit breaker and single flight are put around it. */
  readonly transportFor: TransportFor;
  /** Whose access tokens count. Their keys are served at `/.well-known/jwks.json` too. */
  readonly identity: TokenOptions;
  /**
   * Without it no session is revoked before its token expires, limits count in this process alone, and no usage is
   * recorded.
   */
  readonly redis?: Redis;
  /** Prefix of all Redis keys and channels. */
  readonly namespace?: string;
  readonly readiness?: Readiness;
  /** Whether `/readyz` asks every subgraph too; for subgraphs in other processes. */
  readonly probeSubgraphs?: boolean;
  /** Mounts further routes on the same HTTP server. */
  readonly routes?: (app: FastifyInstance) => void | Promise<void>;
  /** The functions behind `@policy`, by name. */
  readonly policies?: Readonly<Record<string, PolicyFunction>>;
  /** What clients registered: may be asked for by hash, and with the setting `safelist` nothing else. */
  readonly registeredOperations?: RegisteredOperations;
  /** The clients that registered operations: their usage always counts under their own names. */
  readonly registeredClients?: readonly string[];
  readonly settings?: GivenSettings;
  readonly log?: Log;
  readonly metrics?: Registry;
  /** Records traces; without it only their ids are passed on. */
  readonly tracer?: Tracer | undefined;
  readonly now?: () => number;
  readonly random?: () => number;
}

export interface Gateway {
  readonly app: FastifyInstance;
  readonly engine: Engine;
  /** Starts to serve and returns the address. */
  listen(port: number, host?: string): Promise<string>;
  /** Finishes what runs, closes sockets with 1001, and leaves nothing behind. Once, however often it is called. */
  stop(): Promise<void>;
}

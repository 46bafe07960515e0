import { env } from 'node:process';
import { ApolloGateway, type GatewayConfig } from '@apollo/gateway';

import type { ApolloServerGateway } from './api.ts';

type SchemaListener = Parameters<ApolloServerGateway['onSchemaLoadOrUpdate']>[0];

interface ApolloLifecycleOptions {
  readonly buildService: NonNullable<GatewayConfig['buildService']>;
  /** Called by `ApolloGateway` when it has taken a supergraph, before anything else hears of it. */
  onLoad(): void;
}

/** `ApolloGateway`, which keeps the supergraph's life. */
export class ApolloLifecycle {
  readonly gateway: ApolloServerGateway;
  readonly #stock: ApolloGateway;
  #update: ((supergraphSdl: string) => void) | undefined;
  #initial = '';

  constructor(options: ApolloLifecycleOptions) {
    // Else ApolloGateway exports usage metrics to its vendor; the variable is its only switch.
    env['APOLLO_TELEMETRY_DISABLED'] = 'true';
    this.#stock = new ApolloGateway({
      supergraphSdl: {
        initialize: async ({ update }) => {
          this.#update = update;
          return { supergraphSdl: this.#initial };
        },
      },
      buildService: options.buildService,
      logger: SILENT,
    });
    this.#stock.onSchemaLoadOrUpdate(options.onLoad);
    this.gateway = apolloServerGateway(this.#stock);
  }

  /** Gives `ApolloGateway` a supergraph without security links. @throws when it refuses it. */
  async take(supergraphSdl: string): Promise<void> {
    if (this.#update !== undefined) {
      this.#update(supergraphSdl);
      return;
    }
    this.#initial = supergraphSdl;
    await this.#stock.load();
  }

  async stop(): Promise<void> {
    if (this.#update !== undefined) await this.#stock.stop();
  }
}

/** Apollo Server asks for a gateway to load; ours has loaded already, so it tells the schema once more. */
function apolloServerGateway(stock: ApolloGateway): ApolloServerGateway {
  let latest: Parameters<SchemaListener>[0] | undefined;
  const waiting = new Set<SchemaListener>();
  stock.onSchemaLoadOrUpdate((schemaContext) => {
    latest = schemaContext;
  });
  return {
    onSchemaLoadOrUpdate(listener) {
      waiting.add(listener);
      return stock.onSchemaLoadOrUpdate(listener);
    },
    async load() {
      if (latest === undefined) throw new Error('Load a supergraph before the server is started');
      for (const listener of waiting) listener(latest);
      waiting.clear();
      return { executor: stock.executor };
    },
    // The engine outlives the servers that use it, and stops ApolloGateway itself.
    async stop() {},
  };
}

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

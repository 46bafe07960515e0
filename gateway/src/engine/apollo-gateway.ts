import { env } from 'node:process';
import { ApolloGateway, type GatewayConfig } from '@apollo/gateway';
import type { GraphQLSchema } from 'graphql';

import type { ApolloServerGateway } from './api.ts';

type SchemaListener = Parameters<ApolloServerGateway['onSchemaLoadOrUpdate']>[0];
type SchemaContext = Parameters<SchemaListener>[0];

interface ApolloLifecycleOptions {
  readonly buildService: NonNullable<GatewayConfig['buildService']>;
  /** Called when `ApolloGateway` has accepted a supergraph, before its other listeners. */
  onLoad(): void;
  /** The public API that Apollo Server validates with. */
  schema(): GraphQLSchema;
}

/** Loads supergraphs into `ApolloGateway`, which validates them and notifies Apollo Server. */
export class ApolloLifecycle {
  readonly gateway: ApolloServerGateway;
  readonly #stock: ApolloGateway;
  #update: ((supergraphSdl: string) => void) | undefined;
  #initial = '';

  constructor(options: ApolloLifecycleOptions) {
    // Otherwise ApolloGateway exports usage metrics to Apollo; it has no other switch.
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
    this.gateway = apolloServerGateway(this.#stock, options.schema);
  }

  /** @param supergraphSdl without security links. @throws when `ApolloGateway` rejects it */
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

/** Apollo Server calls `load`, but the supergraph is loaded already, so `load` notifies listeners again. */
function apolloServerGateway(stock: ApolloGateway, schema: () => GraphQLSchema): ApolloServerGateway {
  let latest: SchemaContext | undefined;
  const waiting = new Set<SchemaListener>();
  const withSchema = (context: SchemaContext): SchemaContext => ({ ...context, apiSchema: schema() });
  stock.onSchemaLoadOrUpdate((context) => {
    latest = withSchema(context);
  });
  return {
    onSchemaLoadOrUpdate(listener) {
      waiting.add(listener);
      return stock.onSchemaLoadOrUpdate((context) => listener(withSchema(context)));
    },
    async load() {
      if (latest === undefined) throw new Error('Load a supergraph before the server is started');
      for (const listener of waiting) listener(latest);
      waiting.clear();
      return { executor: stock.executor };
    },
    // The engine stops ApolloGateway itself, because it outlives Apollo Server.
    async stop() {},
  };
}

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

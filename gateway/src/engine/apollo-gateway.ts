import { env } from 'node:process';

import { ApolloGateway, type GatewayConfig } from '@apollo/gateway';
import type { Tracer } from '@marquee/telemetry';

import { answer, unparsedResult } from '../executor/answer.ts';
import { operationInSpan } from '../telemetry/operation-span.ts';
import type { ApolloServerGateway, Generation } from './api.ts';
import type { OperationContext } from '../request/operation-context.ts';
import { RequestRejectedError } from '../operation/operation-request.ts';

type Loaded = Awaited<ReturnType<ApolloServerGateway['load']>>;
type Executor = NonNullable<Loaded['executor']>;
type SchemaListener = Parameters<ApolloServerGateway['onSchemaLoadOrUpdate']>[0];

interface ApolloLifecycleOptions {
  readonly executor: 'compiled' | 'stock';
  readonly buildService: NonNullable<GatewayConfig['buildService']>;
  current(): Generation;
  /** Called by `ApolloGateway` when it has taken a supergraph, before anything else hears of it. */
  onLoad(): void;
  readonly tracer: Tracer | undefined;
}

/** `ApolloGateway` keeps the supergraph's life; operations are executed by the engine, or by itself. */
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
    this.gateway = apolloServerGateway(this.#stock, executorOf(this.#stock, options));
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
function apolloServerGateway(stock: ApolloGateway, executor: Executor): ApolloServerGateway {
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
      return { executor };
    },
    // The engine outlives the servers that use it, and stops ApolloGateway itself.
    async stop() {},
  };
}

function executorOf(stock: ApolloGateway, options: ApolloLifecycleOptions): Executor {
  const run = runnerOf(stock, options);
  const { tracer } = options;
  return (requestContext) => {
    const context = requestContext.context as OperationContext;
    if (tracer === undefined || context.trace.span === undefined) return run(requestContext, context);
    const { operation, operationName } = requestContext;
    return operationInSpan(tracer, context, { type: operation.operation, name: operationName }, (own) =>
      run({ ...requestContext, context: own }, own),
    );
  };
}

type Runner = (requestContext: Parameters<Executor>[0], context: OperationContext) => ReturnType<Executor>;

function runnerOf(stock: ApolloGateway, { executor, current }: ApolloLifecycleOptions): Runner {
  return async (requestContext, context) => {
    const { request, document, source } = requestContext;
    const operation = { query: source, document, variables: request.variables ?? {} };
    try {
      const { caller } = context.identity;
      const prepared = await current().prepare({ ...operation, operationName: request.operationName ?? null }, caller);
      if (executor === 'compiled') return unparsedResult(await prepared.execute(request.variables, context));
      // The stock executor cannot leave fields out: an operation with one that is withheld is refused as a whole.
      if (prepared.authorizationErrors.length > 0)
        return unparsedResult(answer(undefined, prepared.authorizationErrors));
      return await stock.executor(requestContext);
    } catch (error) {
      if (error instanceof RequestRejectedError) return unparsedResult(answer(undefined, error.errors));
      throw error;
    }
  };
}

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

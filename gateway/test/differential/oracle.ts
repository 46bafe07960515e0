import { composeServices } from '@apollo/composition';
import { ApolloGateway } from '@apollo/gateway';
import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  type DocumentNode,
  execute,
  executeSync,
  type GraphQLFormattedError,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  parse,
} from 'graphql';

import { createEngine } from '../../src/engine/engine.ts';
import { readSupergraph } from '../../src/supergraph/read-supergraph.ts';
import type {
  DeferredData,
  IncrementalFields,
  IncrementalPart,
  PendingFragment,
} from '../../src/executor/incremental-part.ts';
import type { PreparedOperation } from '../../src/executor/prepared-operation.ts';
import type { JsonObject } from '../../src/executor/run/json.ts';
import type { Engine } from '../../src/engine/api.ts';
import { type SubgraphResponse, SubgraphUnavailableError } from '../../src/transports/subgraph-transport.ts';
import { planHere } from '../engine/fixtures/plan-here.ts';
import { declarationsOf } from './directives.ts';
import type { GeneratedOperation } from './operations.ts';
import { World, type Thing, type WorldOptions } from './world.ts';

export interface Outcome {
  readonly data?: unknown;
  readonly errors?: readonly GraphQLFormattedError[];
  readonly extensions?: unknown;
}

export interface PlainPart extends Omit<IncrementalPart, 'incremental' | 'release'> {
  readonly incremental: readonly (Omit<DeferredData, 'data'> & { readonly data: JsonObject | null })[];
}

export interface ResponseInParts {
  readonly first: Outcome;
  readonly pending: readonly PendingFragment[];
  readonly parts: readonly PlainPart[];
}

const ANONYMOUS = { kind: 'anonymous' } as const;
const CONTEXT = { identity: { caller: ANONYMOUS }, trace: { traceId: 'trace', traceparent: '' } };

export interface Scenario extends Partial<Pick<WorldOptions, 'nulls' | 'failures'>> {
  readonly seed?: number;
  readonly down?: string;
  /** Changes a subgraph's response. */
  readonly distort?: (response: SubgraphResponse, body: string) => void;
}

type SubgraphModule = Extract<Parameters<typeof buildSubgraphSchema>[0], { resolvers?: unknown }>;

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
  "@key" "@requires" "@provides" "@external" "@shareable" "@interfaceObject" "@context" "@fromContext"
])`;

interface Composition {
  readonly sdl: string;
  readonly schema: GraphQLSchema;
}

/** By the subgraphs' SDL: several tests compare the same supergraphs. */
const compositions = new WeakMap<object, Composition>();

function compose(documents: readonly { readonly name: string; readonly typeDefs: DocumentNode }[]): Composition {
  const composed = composeServices(documents.map((service) => ({ ...service, url: `http://${service.name}.test` })));
  if (composed.errors !== undefined) throw new Error(composed.errors.map(({ message }) => message).join('\n'));
  return { sdl: composed.supergraphSdl, schema: readSupergraph(composed.supergraphSdl).schema };
}

/** One supergraph over one world, executed by our executor, by the stock one, and by graphql-js without federation. */
export class Oracle {
  readonly schema: GraphQLSchema;
  readonly #sdl: string;
  readonly #subgraphs = new Map<string, GraphQLSchema>();
  readonly #declarations;
  #world: World;
  #scenario: Scenario = {};
  #engine: Engine | undefined;
  #stock: ApolloGateway | undefined;

  constructor(services: Readonly<Record<string, string>>) {
    const documents = Object.entries(services).map(([name, typeDefs]) => ({
      name,
      typeDefs: parse(`${LINK}${typeDefs}`),
    }));
    const { sdl, schema } = compositions.get(services) ?? compose(documents);
    compositions.set(services, { sdl, schema });
    this.#sdl = sdl;
    this.schema = schema;
    this.#declarations = declarationsOf(documents.map(({ typeDefs }) => typeDefs));
    this.#world = this.#worldOf({});
    for (const { name, typeDefs } of documents) this.#subgraphs.set(name, this.#subgraph(typeDefs));
  }

  /** @param stock whether to start the stock executor too */
  async start(stock?: 'with stock'): Promise<void> {
    this.#engine = createEngine({
      planning: planHere,
      transportFor: (subgraph) => ({
        execute: async ({ query, variables, body }) => this.#answer(subgraph, query, variables, body),
        subscribe: () => Promise.reject(new Error('There are no subscriptions here')),
      }),
      authorization: { mode: 'filter', policies: {} },
    });
    await this.#engine.load(this.#sdl);
    if (stock === undefined) return;
    this.#stock = new ApolloGateway({
      supergraphSdl: this.#sdl,
      logger: { debug() {}, info() {}, warn() {}, error() {} },
      buildService: ({ name }) => ({
        process: async ({ request: { query = '', variables = {} } }) =>
          this.#answer(name, query, variables, JSON.stringify({ query, variables })) as never,
      }),
    });
    await this.#stock.load();
  }

  arrange(scenario: Scenario): void {
    this.#scenario = scenario;
    this.#world = this.#worldOf(scenario);
  }

  async ours(operation: GeneratedOperation): Promise<{ text: string } & Outcome> {
    const prepared = await this.#prepare(operation);
    const answer = await prepared.execute(operation.variables, CONTEXT);
    return { text: answer.data ?? '', ...(JSON.parse(answer.body) as Outcome) };
  }

  /** The response in parts. */
  async inParts(operation: GeneratedOperation, fields: IncrementalFields): Promise<ResponseInParts> {
    const prepared = await this.#prepare(operation);
    const { first, rest } = await prepared.executeIncrementally(operation.variables, CONTEXT, fields);
    const parts: PlainPart[] = [];
    for await (const part of rest ?? []) parts.push(plainPart(part));
    return { first: JSON.parse(first.body) as Outcome, pending: rest?.pending ?? [], parts };
  }

  #prepare({ query, variables }: GeneratedOperation): PreparedOperation | Promise<PreparedOperation> {
    if (this.#engine === undefined) throw new Error('Not started');
    return this.#engine.current().prepare({ query, variables }, ANONYMOUS);
  }

  async stock({ query, variables }: GeneratedOperation): Promise<Outcome> {
    const result = await this.#stock?.executor({
      request: { query, variables },
      document: parse(query),
      queryHash: JSON.stringify(query),
      context: {},
      metrics: {},
      cache: undefined,
    } as never);
    if (result === undefined) throw new Error('Not started');
    return JSON.parse(JSON.stringify(result)) as Outcome;
  }

  /** The response of graphql-js on the public schema. */
  plain({ query, variables }: GeneratedOperation): { text: string } & Outcome {
    const world = this.#world;
    const result = executeSync({
      schema: this.schema,
      document: parse(query),
      variableValues: variables,
      fieldResolver: world.resolve,
      typeResolver: (thing: Thing) => thing.__typename,
    });
    return { text: JSON.stringify(result.data), ...(JSON.parse(JSON.stringify(result)) as Outcome) };
  }

  #worldOf({ seed = 1, nulls = 0, failures = 0 }: Scenario): World {
    return new World({ seed, nulls, failures, schema: this.schema, declarations: this.#declarations });
  }

  #subgraph(typeDefs: ReturnType<typeof parse>): GraphQLSchema {
    const reference = (
      representation: Record<string, unknown>,
      _context: unknown,
      { schema }: GraphQLResolveInfo,
    ): Thing => this.#world.reference(representation, schema);
    const resolvers = Object.fromEntries(
      [...this.#declarations.keys]
        .filter(([name, keys]) => keys.length > 0 && typeDefs.definitions.some((node) => isEntity(node, name)))
        .map(([name]) => [name, { __resolveReference: reference }]),
    );
    return buildSubgraphSchema({ typeDefs, resolvers } as SubgraphModule);
  }

  async #answer(subgraph: string, query: string, variables: Record<string, unknown>, body: string) {
    if (this.#scenario.down === subgraph) throw new SubgraphUnavailableError(subgraph);
    const schema = this.#subgraphs.get(subgraph);
    if (schema === undefined) throw new Error(`There is no subgraph ${subgraph}`);
    const result = await execute({
      schema,
      document: parse(query),
      variableValues: variables,
      fieldResolver: this.#world.resolve as never,
      typeResolver: (thing: Thing) => thing.__typename,
    });
    const response = JSON.parse(JSON.stringify(result)) as SubgraphResponse;
    this.#scenario.distort?.(response, body);
    return response;
  }
}

function plainPart({ release, ...part }: IncrementalPart): PlainPart {
  const incremental = part.incremental.map(({ data, ...entry }) => ({
    ...entry,
    data: data && (JSON.parse(data.toString()) as JsonObject),
  }));
  release();
  return { ...part, incremental };
}

function isEntity(node: ReturnType<typeof parse>['definitions'][number], name: string): boolean {
  return (
    'name' in node &&
    node.name?.value === name &&
    'directives' in node &&
    node.directives?.some((directive) => directive.name.value === 'key') === true
  );
}

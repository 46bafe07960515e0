import { setImmediate as nextTurn } from 'node:timers/promises';

import { type ReadSupergraph, readSupergraph } from '../supergraph/read-supergraph.ts';
import { stockSupergraphSdl } from '../supergraph/stock-supergraph.ts';
import type { SupergraphPlanner } from '../planning/api.ts';
import { OpenTransports } from '../transports/open-transports.ts';
import type { Engine, EngineOptions, Generation, PlanCache, Swap } from './api.ts';
import { ApolloLifecycle } from './apollo-gateway.ts';
import { SupergraphGeneration } from './generation.ts';
import { stockDataSource } from './stock-data-source.ts';

const WARM_OPERATIONS = 200;

/** Creates an engine without a supergraph; call {@link Engine.load}. */
export function createEngine(options: EngineOptions): Engine {
  return new SupergraphEngine(options);
}

class SupergraphEngine implements Engine {
  readonly gateway;
  readonly #options: EngineOptions;
  readonly #transports: OpenTransports;
  readonly #lifecycle: ApolloLifecycle;
  readonly #listeners = new Set<(swap: Swap) => void>();
  #current: SupergraphGeneration | undefined;
  #next: { generation: SupergraphGeneration; read: ReadSupergraph } | undefined;
  #loading: Promise<void> = Promise.resolve();
  /** Resolves when nothing executes on earlier generations. */
  #drained: Promise<unknown> = Promise.resolve();
  /** Resolves when the registered operations are compiled. */
  #warming: Promise<void> = Promise.resolve();
  #isStopped = false;
  /** Statistics of earlier generations. */
  #former = { hits: 0, misses: 0 };

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#transports = new OpenTransports(options.transportFor);
    this.#lifecycle = new ApolloLifecycle({
      buildService: ({ name, url }) => stockDataSource(this.#transports.forSubgraph(name, url ?? '')),
      onLoad: () => this.#swap(),
      schema: () => this.current().schema,
    });
    this.gateway = this.#lifecycle.gateway;
  }

  current(): Generation {
    if (this.#current === undefined) throw new Error('No supergraph is loaded');
    return this.#current;
  }

  load(supergraphSdl: string): Promise<void> {
    const loaded = this.#loading.then(() => this.#load(supergraphSdl));
    this.#loading = loaded.catch(() => {});
    return loaded;
  }

  onSwap(listener: (swap: Swap) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  planCache(): PlanCache {
    const { hits, misses, size } = this.#current?.planCache() ?? { hits: 0, misses: 0, size: 0 };
    return { hits: this.#former.hits + hits, misses: this.#former.misses + misses, size };
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#loading;
    await this.#warming;
    await this.#lifecycle.stop();
    await Promise.all([this.#drained, this.#current?.inFlight.idle()]);
    this.#current?.close();
    await this.#transports.closeUnused(new Map());
  }

  async #load(supergraphSdl: string): Promise<void> {
    if (supergraphSdl === this.#current?.supergraphSdl) return;
    const { read, planner } = await this.#open(supergraphSdl);
    let generation: SupergraphGeneration | undefined;
    try {
      const transports = this.#transports.forSubgraphs(read.subgraphs);
      generation = new SupergraphGeneration(read, transports, planner, this.#options);
      await this.#warm(generation);
      this.#next = { generation, read };
      // The comment makes ApolloGateway notice a change of security links only, which its SDL does not contain.
      await this.#lifecycle.take(`# ${generation.id}\n${stockSupergraphSdl(read)}`);
    } finally {
      if (generation === undefined || this.#current !== generation) planner.close();
      this.#next = undefined;
    }
    this.#warming = this.#warmRegistered(generation);
  }

  /** Reads the supergraph, while the thread that plans reads it too. */
  async #open(supergraphSdl: string): Promise<{ read: ReadSupergraph; planner: SupergraphPlanner }> {
    const opening = this.#options.planning.open(supergraphSdl);
    try {
      return { read: readSupergraph(supergraphSdl), planner: await opening };
    } catch (error) {
      opening.then((planner) => planner.close()).catch(() => {});
      throw error;
    }
  }

  /** Compiles one operation per turn of the event loop, so that requests are not delayed. */
  async #warm(generation: SupergraphGeneration): Promise<void> {
    for (const operation of this.#current?.hottest(this.#options.warmOperations ?? WARM_OPERATIONS) ?? []) {
      await generation.warm(operation);
      await nextTurn();
    }
  }

  /** Compiles the registered operations, while the generation serves already. */
  async #warmRegistered(generation: SupergraphGeneration): Promise<void> {
    for (const query of this.#options.registered ?? []) {
      if (this.#isStopped || generation !== this.#current) return;
      await generation.warmRegistered(query);
      await nextTurn();
    }
  }

  #swap(): void {
    if (this.#next === undefined) return;
    const { generation, read } = this.#next;
    const previous = this.#current;
    this.#former = this.planCache();
    this.#current = generation;
    const drained = previous?.inFlight.idle() ?? Promise.resolve();
    this.#drained = Promise.all([this.#drained, drained]);
    void drained.then(() => previous?.close());
    void this.#drained.then(() =>
      this.#current === generation ? this.#transports.closeUnused(read.subgraphs) : undefined,
    );
    for (const listener of this.#listeners) listener({ previous, current: generation, drained });
  }
}

import type { FetchNode, PlanNode } from '@apollo/query-planner';
import { LRUCache } from 'lru-cache';

import type { SubgraphTransport } from '../../transports/subgraph-transport.ts';
import type { EntityBatch } from '../run/entity-batch.ts';
import { EntityRequest } from '../run/entity-request.ts';
import type { Run } from '../run/run.ts';
import { type FetchGroup, fetchGroups } from './fetch-groups.ts';
import type { FetchEnvironment } from './fetch-environment.ts';
import { contextualName, mergeFetches, REPRESENTATIONS } from './merged-fetch.ts';
import { compileRewrites, type Rewrite } from './rewrites.ts';
import { responsePart } from './response-part.ts';
import { compileRequest, type MakeRequest } from './subgraph-request.ts';

/** Bounds the documents of a group, which has one for each set of parts with entities. */
const MAX_DOCUMENTS = 64;

interface MergedDocument {
  readonly request: MakeRequest;
  /** Of each part's variable and field; undefined for a single part. */
  readonly names?: readonly string[];
}

/** @returns the group of each entity fetch in the plan */
export function compileGroups(plan: PlanNode, environment: FetchEnvironment): ReadonlyMap<FetchNode, EntityGroup> {
  return new Map(
    fetchGroups(plan).flatMap((group) => {
      const compiled = new EntityGroup(group, environment);
      return group.fetches.map((fetch): [FetchNode, EntityGroup] => [fetch, compiled]);
    }),
  );
}

/** Entity fetches that are sent in one request. Equal ones are one part of it. */
export class EntityGroup {
  readonly #group: FetchGroup;
  readonly #environment: FetchEnvironment;
  readonly #transport: SubgraphTransport;
  readonly #keys: readonly string[];
  readonly #parts: readonly FetchNode[];
  readonly #rewrites: readonly (Rewrite | undefined)[];
  readonly #documents = new LRUCache<string, MergedDocument>({ max: MAX_DOCUMENTS });

  constructor(group: FetchGroup, environment: FetchEnvironment) {
    const distinct = new Map(group.fetches.map((fetch) => [fetchKey(fetch), fetch]));
    this.#group = group;
    this.#environment = environment;
    this.#transport = environment.transportOf(group.subgraph);
    this.#keys = [...distinct.keys()];
    this.#parts = [...distinct.values()];
    this.#rewrites = this.#parts.map((part) => compileRewrites(part.outputRewrites, environment.typesMatching));
  }

  partOf(fetch: FetchNode): number {
    return this.#keys.indexOf(fetchKey(fetch));
  }

  isAwaited(fetch: FetchNode): boolean {
    return this.#group.awaited.has(fetch);
  }

  /** The next request of a run. */
  requestIn(run: Run): EntityRequest {
    const { fetches, awaited } = this.#group;
    const expected = { coming: fetches.length, awaited: awaited.size, startedAt: run.startedAt };
    const create = (): EntityRequest => new EntityRequest(expected, (batches) => void this.#send(run, batches));
    return fetches.length === 1 ? create() : run.requestOf(this, create);
  }

  /** Never rejects: what fails is every batch. */
  async #send(run: Run, batches: readonly EntityBatch[]): Promise<void> {
    try {
      const { request, names } = this.#documentFor(batches.map(({ part }) => part));
      const texts = batches.map((batch, index) => variablesOf(batch, names?.[index]));
      const response = await this.#transport.execute(request(run, texts.join()), run.context);
      batches.forEach((batch, index) => {
        const name = names?.[index];
        const own = name === undefined ? response : responsePart(response, name);
        this.#rewrites[batch.part]?.(own.data?.['_entities']);
        batch.succeed(own);
      });
    } catch (cause) {
      for (const batch of batches) if (!batch.isSettled) batch.fail(cause);
    }
  }

  #documentFor(parts: readonly number[]): MergedDocument {
    const key = parts.join();
    const known = this.#documents.get(key);
    if (known !== undefined) return known;
    const fetches = parts.map((part) => this.#parts[part] as FetchNode);
    const fresh = this.#compile(fetches);
    this.#documents.set(key, fresh);
    return fresh;
  }

  #compile(fetches: readonly FetchNode[]): MergedDocument {
    const { clientVariable } = this.#environment;
    const [only, ...others] = fetches;
    if (only !== undefined && others.length === 0) return { request: compileRequest(only, clientVariable) };
    const merged = mergeFetches(fetches);
    return { request: compileRequest(merged, clientVariable), names: merged.names };
  }
}

/** As JSON without braces. @param name of the batch in a merged document */
function variablesOf({ representations, context }: EntityBatch, name: string | undefined): string {
  const contextual = context.variables.map(([variable, json]) => `,"${contextualName(variable, name)}":${json}`);
  return `"${name ?? REPRESENTATIONS}":[${representations.join()}]${contextual.join('')}`;
}

/** Equal for fetches of the same fields from the same subgraph. */
export function fetchKey({ serviceName, operation, operationName, outputRewrites = [] }: FetchNode): string {
  const text = operationName === undefined ? operation : operation.replace(operationName, '');
  return JSON.stringify([serviceName, text, outputRewrites]);
}

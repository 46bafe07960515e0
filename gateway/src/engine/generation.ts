import { createHash } from 'node:crypto';
import type { Caller } from '@marquee/identity';
import type { GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';

import { accessRules } from '../authorization/access-rules.ts';
import { describeAccess } from '../authorization/describe-access.ts';
import { decide, decisionKey } from '../authorization/decision.ts';
import {
  evaluatePolicies,
  everythingGranted,
  type GrantedNames,
  grantedNames,
  grantsOf,
  policyUses,
} from '../authorization/grants.ts';
import { type AuthorizationOptions, authorizationOutcome } from '../authorization/authorization-outcome.ts';
import { type CompileEnvironment, CompiledOperation } from '../executor/compiled-operation.ts';
import { mergeWith } from '../executor/fetch/merge.ts';
import { reservedNames } from '../executor/plan/data-keys.ts';
import { requirementParts } from '../executor/plan/requirement-parts.ts';
import { interfacesOf, keysIn, typenamesIn, typesMatchingIn } from '../executor/plan/supergraph-types.ts';
import type { PreparedOperation } from '../executor/prepared-operation.ts';
import type { VariantChoice } from '../executor/variants.ts';
import type { OnMaskedError } from '../operation/masked-error.ts';
import { type OperationRequest, RequestRejectedError, type Variables } from '../operation/operation-request.ts';
import { readOperation } from '../operation/operation.ts';
import type { SupergraphPlanner } from '../planning/api.ts';
import type { Asker } from '../request/asker.ts';
import { hasContexts } from '../supergraph/linked-features.ts';
import { overrideChoice, overrideLabelsOf } from '../supergraph/override-labels.ts';
import type { ReadSupergraph } from '../supergraph/read-supergraph.ts';
import { transportIn } from '../transports/open-transports.ts';
import type { SubgraphTransport } from '../transports/subgraph-transport.ts';
import type { EngineOptions, Generation, KnownOperation, PlanCache } from './api.ts';
import { InFlight } from './in-flight.ts';
import { registeredFingerprints } from './registered-fingerprints.ts';
import { type SharedOperation, SharedOperations } from './shared-operations.ts';

/** An operation for the next generation to compile: the grants of its callers, without their identities. */
export interface HotOperation {
  readonly request: OperationRequest;
  readonly outcomes: readonly { readonly granted: GrantedNames; readonly variants: readonly VariantChoice[] }[];
  readonly hits: number;
}

/** A document as a client sent it. */
interface CachedOperation extends KnownOperation {
  readonly request: OperationRequest;
  readonly shared: SharedOperation;
}

type GenerationOptions = Pick<
  EngineOptions,
  'authorization' | 'maxOperations' | 'onMaskedError' | 'random' | 'registered'
>;

const MAX_OPERATIONS = 2000;
/** Total length of cached documents. A parsed document takes up to 250 bytes per character. */
const MAX_CHARACTERS = 1 << 20;

/** One version of the supergraph. Immutable except for its caches. */
export class SupergraphGeneration implements Generation {
  readonly id: string;
  readonly schema: GraphQLSchema;
  readonly supergraphSdl: string;
  readonly transports: ReadonlyMap<string, SubgraphTransport>;
  readonly inFlight = new InFlight();
  readonly #authorization: AuthorizationOptions;
  readonly #environment: CompileEnvironment;
  readonly #planner: SupergraphPlanner;
  /** By the text of the document. */
  readonly #operations: LRUCache<string, CachedOperation>;
  readonly #shared: SharedOperations;
  /** Documents that are being validated. */
  readonly #pending = new Map<string, Promise<CachedOperation>>();
  readonly #onMaskedError: OnMaskedError;
  #prepared = 0;
  #compiled = 0;
  #warmed = 0;

  constructor(
    read: ReadSupergraph,
    transports: ReadonlyMap<string, SubgraphTransport>,
    planner: SupergraphPlanner,
    { authorization, maxOperations = MAX_OPERATIONS, onMaskedError, random, registered = [] }: GenerationOptions,
  ) {
    const { schema: supergraph } = read.supergraph;
    const labels = overrideLabelsOf(supergraph);
    this.id = createHash('sha256').update(read.sdl).digest('hex').slice(0, 16);
    this.schema = read.schema;
    this.supergraphSdl = read.sdl;
    this.transports = transports;
    this.#authorization = authorization;
    const rules = accessRules(supergraph, read.schema);
    describeAccess(read.schema, rules);
    this.#planner = planner;
    this.#operations = new LRUCache({
      max: maxOperations,
      maxSize: MAX_CHARACTERS,
      sizeCalculation: (_operation, key) => key.length,
    });
    this.#shared = new SharedOperations({
      schema: read.schema,
      rules,
      registered: registeredFingerprints(read.schema, registered),
      maxOperations,
      maxCharacters: MAX_CHARACTERS,
    });
    this.#onMaskedError = onMaskedError ?? (() => {});
    this.#environment = {
      schema: read.schema,
      subgraphs: read.subgraphs,
      plan: (request, asker) => planner.plan(request, asker),
      typesMatching: typesMatchingIn(supergraph),
      typenameIn: typenamesIn(read),
      keysOf: keysIn(supergraph),
      merge: mergeWith(interfacesOf(supergraph)),
      copiesEntities: hasContexts(supergraph),
      partsOf: (fetch) => requirementParts(fetch, read.requiredFields),
      reserved: reservedNames(supergraph, read.requiredFields),
      chooseOverrides: labels.length === 0 ? undefined : overrideChoice(labels, random ?? Math.random),
      transportOf: (subgraph) => transportIn(transports, subgraph),
      onMaskedError: this.#onMaskedError,
      begin: () => this.inFlight.begin(),
    };
  }

  prepare(request: OperationRequest, caller: Caller, asker?: Asker): PreparedOperation | Promise<PreparedOperation> {
    const variables = request.variables ?? NO_VARIABLES;
    const known = this.#operations.get(keyOf(request.query, request.operationName ?? null));
    if (known !== undefined) return known.prepare(variables, caller, asker);
    return this.#retained(this.#read(request, asker).then((read) => read.prepare(variables, caller, asker)));
  }

  known(query: string, operationName: string | null): KnownOperation | undefined {
    return this.#operations.get(keyOf(query, operationName));
  }

  /** The most-used operations, in descending order. */
  hottest(count: number): HotOperation[] {
    // The latest document of each operation: the cache has these first.
    const requests = new Map<SharedOperation, OperationRequest>();
    for (const { shared, request } of this.#operations.values()) {
      if (!requests.has(shared)) requests.set(shared, request);
    }
    return [...requests]
      .toSorted(([a], [b]) => b.hits - a.hits)
      .slice(0, count)
      .map(([{ prepared, hits }, request]) => ({
        request,
        hits,
        outcomes: [...prepared.values()].map(({ operation, granted }) => ({
          granted,
          variants: operation.compiledVariants(),
        })),
      }));
  }

  planCache(): PlanCache {
    const misses = this.#compiled - this.#warmed;
    return { hits: Math.max(0, this.#prepared - misses), misses, size: this.#shared.size };
  }

  /** Compiles an operation of the previous generation, unless it is no longer valid. */
  async warm({ request, outcomes, hits }: HotOperation): Promise<void> {
    const before = this.#compiled;
    try {
      const { shared } = await this.#read(request, undefined);
      // Halved, so that an operation that is no longer used loses its place.
      shared.hits = Math.max(shared.hits, Math.floor(hits / 2));
      for (const { granted, variants } of outcomes) {
        const compiled = await this.#prepare(shared, granted, undefined);
        await compiled.warm(variants);
      }
    } catch (error) {
      if (!(error instanceof RequestRejectedError)) throw error;
    } finally {
      this.#warmed += this.#compiled - before;
    }
  }

  /** Compiles a registered operation for anonymous callers, and for those who may see all of it. */
  async warmRegistered(query: string): Promise<void> {
    const before = this.#compiled;
    try {
      const { shared } = await this.#read({ query }, undefined);
      await this.#prepare(shared, NOTHING_GRANTED, undefined);
      await this.#prepare(shared, everythingGranted(shared.requirements), undefined);
    } catch (error) {
      if (!(error instanceof RequestRejectedError)) throw error;
    } finally {
      this.#warmed += this.#compiled - before;
    }
  }

  /** Call it when nothing executes any more. */
  close(): void {
    this.#planner.close();
  }

  #read(request: OperationRequest, asker: Asker | undefined): Promise<CachedOperation> {
    const key = keyOf(request.query, request.operationName ?? null);
    const known = this.#operations.get(key);
    if (known !== undefined) return Promise.resolve(known);
    const pending =
      this.#pending.get(key) ?? this.#validated(key, request, asker).finally(() => this.#pending.delete(key));
    this.#pending.set(key, pending);
    return pending;
  }

  async #validated(key: string, request: OperationRequest, asker: Asker | undefined): Promise<CachedOperation> {
    const operation = readOperation(this.schema, request);
    await this.#planner.validate(request.query, asker);
    const shared = this.#shared.of(operation);
    const fresh: CachedOperation = {
      request: { query: request.query, operationName: request.operationName ?? null },
      kind: operation.definition.operation,
      name: operation.definition.name?.value ?? null,
      document: operation.document,
      shared,
      prepare: (variables, caller, other) => this.#prepareFor(fresh, variables, caller, other),
      retain: () => this.inFlight.begin(),
    };
    this.#operations.set(key, fresh);
    return fresh;
  }

  #prepareFor(
    known: CachedOperation,
    variables: Variables,
    caller: Caller,
    asker: Asker | undefined,
  ): PreparedOperation | Promise<PreparedOperation> {
    const { shared } = known;
    shared.hits++;
    this.#prepared++;
    const prepare = (policies: ReadonlySet<string>): PreparedOperation | Promise<PreparedOperation> =>
      this.#prepare(shared, grantedNames(shared.requirements, caller, policies), asker);
    const policies = shared.policies.length === 0 ? NO_POLICIES : this.#evaluatePolicies(known, variables, caller);
    const prepared = policies instanceof Promise ? policies.then(prepare) : prepare(policies);
    return prepared instanceof Promise ? this.#retained(prepared) : prepared;
  }

  /** Keeps transports open meanwhile, and until the caller executes the operation, which retains them itself. */
  #retained<T>(prepared: Promise<T>): Promise<T> {
    const release = this.inFlight.begin();
    return prepared.finally(() => setImmediate(release));
  }

  #prepare(
    shared: SharedOperation,
    granted: GrantedNames,
    asker: Asker | undefined,
  ): CompiledOperation | Promise<CompiledOperation> {
    const grants = grantsOf(granted);
    const key = decisionKey(shared.requirements, grants);
    const known = shared.prepared.get(key)?.operation ?? shared.pending.get(key);
    if (known !== undefined) return known;
    this.#compiled++;
    const outcome = authorizationOutcome(
      decide(shared.restricted, grants),
      this.#authorization,
      shared.operation.definition.name?.value ?? null,
    );
    const fresh = CompiledOperation.create(this.#environmentOf(shared), shared, outcome, asker)
      .then((operation) => {
        shared.prepared.set(key, { operation, granted });
        return operation;
      })
      .finally(() => shared.pending.delete(key));
    shared.pending.set(key, fresh);
    return fresh;
  }

  #environmentOf({ isRegistered }: SharedOperation): CompileEnvironment {
    if (!isRegistered) return this.#environment;
    return { ...this.#environment, plan: (request) => this.#planner.plan(request, undefined) };
  }

  #evaluatePolicies({ shared, name }: CachedOperation, variables: Variables, caller: Caller) {
    const requests = shared.policies.map((policy) => ({
      policy,
      caller,
      operationName: name,
      variables,
      uses: policyUses(policy, shared.restricted, shared.operation, variables),
    }));
    return evaluatePolicies(this.#authorization.policies, requests);
  }
}

/** Quoted, because clients may send any string as operation name. */
function keyOf(query: string, operationName: string | null): string {
  return `${JSON.stringify(operationName)}\n${query}`;
}

const NO_VARIABLES: Variables = {};
const NO_POLICIES: ReadonlySet<string> = new Set();
const NOTHING_GRANTED: GrantedNames = { authenticated: false, scopes: NO_POLICIES, policies: NO_POLICIES };

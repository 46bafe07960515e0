import { createHash } from 'node:crypto';
import type { Caller } from '@marquee/identity';
import type { GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';

import { type AccessRules, accessRules } from '../authorization/access-rules.ts';
import { describeAccess } from '../authorization/describe-access.ts';
import type { Requirement } from '../authorization/requirement.ts';
import { allRequirements, decide, decisionKey } from '../authorization/decision.ts';
import {
  evaluatePolicies,
  type GrantedNames,
  grantedNames,
  grantsOf,
  policyNames,
  policyUses,
} from '../authorization/grants.ts';
import { type RestrictedField, restrictedFields } from '../authorization/restricted-fields.ts';
import { type AuthorizationOptions, authorizationOutcome } from '../authorization/authorization-outcome.ts';
import { type CompileEnvironment, CompiledOperation } from '../executor/compiled-operation.ts';
import { mergeWith } from '../executor/fetch/merge.ts';
import { reservedNames } from '../executor/plan/data-keys.ts';
import { hoistedFieldsIn } from '../executor/plan/hoisted-fields.ts';
import { requirementParts } from '../executor/plan/requirement-parts.ts';
import { planner } from '../executor/plan/planner.ts';
import {
  interfaceObjectsIn,
  interfacesOf,
  keysIn,
  typenamesIn,
  typesMatchingIn,
} from '../executor/plan/supergraph-types.ts';
import type { PreparedOperation } from '../executor/prepared-operation.ts';
import type { VariantChoice } from '../executor/variants.ts';
import type { OnMaskedError } from '../operation/masked-error.ts';
import { type OperationRequest, RequestRejectedError, type Variables } from '../operation/operation-request.ts';
import { type Operation, readOperation } from '../operation/operation.ts';
import { hasContexts } from '../supergraph/linked-features.ts';
import { overrideChoice, overrideLabelsOf } from '../supergraph/override-labels.ts';
import type { ReadSupergraph } from '../supergraph/read-supergraph.ts';
import { transportIn } from '../transports/open-transports.ts';
import type { SubgraphTransport } from '../transports/subgraph-transport.ts';
import type { EngineOptions, Generation, KnownOperation, PlanCache } from './api.ts';
import { InFlight } from './in-flight.ts';

/** An operation for the next generation to compile: the grants of its callers, without their identities. */
export interface HotOperation {
  readonly request: OperationRequest;
  readonly outcomes: readonly { readonly granted: GrantedNames; readonly variants: readonly VariantChoice[] }[];
  readonly hits: number;
}

interface CachedOperation extends KnownOperation {
  readonly request: OperationRequest;
  readonly operation: Operation;
  readonly restricted: readonly RestrictedField[];
  readonly requirements: readonly Requirement[];
  readonly policies: readonly string[];
  readonly prepared: LRUCache<string, { readonly operation: CompiledOperation; readonly granted: GrantedNames }>;
  hits: number;
}

type GenerationOptions = Pick<EngineOptions, 'authorization' | 'maxOperations' | 'onMaskedError' | 'random'>;

const MAX_OPERATIONS = 2000;
/** Total length of cached documents. A parsed document takes up to 250 bytes per character. */
const MAX_CHARACTERS = 1 << 20;
const MAX_OUTCOMES = 32;

/** One version of the supergraph. Immutable except for its caches. */
export class SupergraphGeneration implements Generation {
  readonly id: string;
  readonly schema: GraphQLSchema;
  readonly supergraphSdl: string;
  readonly transports: ReadonlyMap<string, SubgraphTransport>;
  readonly inFlight = new InFlight();
  readonly #authorization: AuthorizationOptions;
  readonly #rules: AccessRules;
  readonly #environment: CompileEnvironment;
  readonly #operations: LRUCache<string, CachedOperation>;
  readonly #onMaskedError: OnMaskedError;
  #prepared = 0;
  #compiled = 0;
  #warmed = 0;

  constructor(
    read: ReadSupergraph,
    transports: ReadonlyMap<string, SubgraphTransport>,
    { authorization, maxOperations, onMaskedError, random }: GenerationOptions,
  ) {
    const { schema: supergraph } = read.supergraph;
    const labels = overrideLabelsOf(supergraph);
    this.id = createHash('sha256').update(read.sdl).digest('hex').slice(0, 16);
    this.schema = read.schema;
    this.supergraphSdl = read.sdl;
    this.transports = transports;
    this.#authorization = authorization;
    this.#rules = accessRules(supergraph, read.schema);
    describeAccess(read.schema, this.#rules);
    this.#operations = new LRUCache({
      max: maxOperations ?? MAX_OPERATIONS,
      maxSize: MAX_CHARACTERS,
      sizeCalculation: (_operation, key) => key.length,
    });
    this.#onMaskedError = onMaskedError ?? (() => {});
    this.#environment = {
      schema: read.schema,
      interfaceObjects: interfaceObjectsIn(supergraph),
      hoistedTo: hoistedFieldsIn(supergraph),
      subgraphs: read.subgraphs,
      plan: planner(read),
      typesMatching: typesMatchingIn(supergraph),
      typenameIn: typenamesIn(read),
      keysOf: keysIn(supergraph),
      merge: mergeWith(interfacesOf(supergraph)),
      copiesEntities: hasContexts(supergraph),
      partsOf: (fetch) => requirementParts(fetch, read.requiredFields),
      reserved: reservedNames(read.planned.schema),
      chooseOverrides: labels.length === 0 ? undefined : overrideChoice(labels, random ?? Math.random),
      transportOf: (subgraph) => transportIn(transports, subgraph),
      onMaskedError: this.#onMaskedError,
      begin: () => this.inFlight.begin(),
    };
  }

  prepare(request: OperationRequest, caller: Caller): PreparedOperation | Promise<PreparedOperation> {
    return this.#cached(request).prepare(request.variables ?? NO_VARIABLES, caller);
  }

  known(query: string, operationName: string | null): KnownOperation | undefined {
    return this.#operations.get(keyOf(query, operationName));
  }

  /** The most-used operations, in descending order. */
  hottest(count: number): HotOperation[] {
    return [...this.#operations.values()]
      .toSorted((a, b) => b.hits - a.hits)
      .slice(0, count)
      .map(({ request, prepared, hits }) => ({
        request,
        hits,
        outcomes: [...prepared.values()].map(({ operation, granted }) => ({
          granted,
          variants: operation.compiledVariants(),
        })),
      }));
  }

  planCache(): PlanCache {
    let size = 0;
    for (const { prepared } of this.#operations.values()) size += prepared.size;
    const misses = this.#compiled - this.#warmed;
    return { hits: Math.max(0, this.#prepared - misses), misses, size };
  }

  /** Compiles an operation of the previous generation, unless it is no longer valid. */
  warm({ request, outcomes, hits }: HotOperation): void {
    const before = this.#compiled;
    try {
      const known = this.#cached(request);
      // Halved, so that an operation that is no longer used loses its place.
      known.hits = Math.max(known.hits, Math.floor(hits / 2));
      for (const { granted, variants } of outcomes) this.#prepare(known, granted).warm(variants);
    } catch (error) {
      if (!(error instanceof RequestRejectedError)) throw error;
    } finally {
      this.#warmed += this.#compiled - before;
    }
  }

  #cached(request: OperationRequest): CachedOperation {
    const key = keyOf(request.query, request.operationName ?? null);
    const known = this.#operations.get(key);
    if (known !== undefined) return known;
    const operation = readOperation(this.schema, request);
    const restricted = restrictedFields(this.schema, operation, this.#rules);
    const requirements = allRequirements(restricted);
    const fresh: CachedOperation = {
      request: { query: request.query, operationName: request.operationName ?? null },
      kind: operation.definition.operation,
      name: operation.definition.name?.value ?? null,
      document: operation.document,
      operation,
      restricted,
      requirements,
      policies: policyNames(requirements),
      prepared: new LRUCache({ max: MAX_OUTCOMES }),
      hits: 0,
      prepare: (variables, caller) => this.#prepareFor(fresh, variables, caller),
      retain: () => this.inFlight.begin(),
    };
    this.#operations.set(key, fresh);
    return fresh;
  }

  #prepareFor(
    known: CachedOperation,
    variables: Variables,
    caller: Caller,
  ): PreparedOperation | Promise<PreparedOperation> {
    known.hits++;
    this.#prepared++;
    if (known.policies.length === 0) return this.#prepare(known, grantedNames(known.requirements, caller, NO_POLICIES));
    const policies = this.#evaluatePolicies(known, variables, caller);
    const prepare = (granted: ReadonlySet<string>): PreparedOperation =>
      this.#prepare(known, grantedNames(known.requirements, caller, granted));
    if (!(policies instanceof Promise)) return prepare(policies);
    const release = known.retain();
    // The caller executes it in the same turn, and execution retains the generation itself.
    return policies.then(prepare).finally(() => setImmediate(release));
  }

  #prepare(known: CachedOperation, granted: GrantedNames): CompiledOperation {
    const grants = grantsOf(granted);
    const key = decisionKey(known.requirements, grants);
    const prepared = known.prepared.get(key);
    if (prepared !== undefined) return prepared.operation;
    this.#compiled++;
    const outcome = authorizationOutcome(decide(known.restricted, grants), this.#authorization, known.name);
    const operation = new CompiledOperation(this.#environment, known.operation, outcome);
    known.prepared.set(key, { operation, granted });
    return operation;
  }

  #evaluatePolicies(known: CachedOperation, variables: Variables, caller: Caller) {
    const requests = known.policies.map((policy) => ({
      policy,
      caller,
      operationName: known.name,
      variables,
      uses: policyUses(policy, known.restricted, known.operation, variables),
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

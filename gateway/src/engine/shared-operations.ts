import type { GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';

import type { AccessRules } from '../authorization/access-rules.ts';
import { allRequirements } from '../authorization/decision.ts';
import { type GrantedNames, policyNames } from '../authorization/grants.ts';
import type { Requirement } from '../authorization/requirement.ts';
import { type RestrictedField, restrictedFields } from '../authorization/restricted-fields.ts';
import type { CompiledOperation } from '../executor/compiled-operation.ts';
import { type NormalizedOperation, normalizedOperation, normalizedText } from '../operation/normalized-operation.ts';
import type { Operation } from '../operation/operation.ts';

/** The part of an operation that documents with the same meaning share. */
export interface SharedOperation extends NormalizedOperation {
  readonly restricted: readonly RestrictedField[];
  readonly requirements: readonly Requirement[];
  readonly policies: readonly string[];
  readonly prepared: LRUCache<string, { readonly operation: CompiledOperation; readonly granted: GrantedNames }>;
  /** Outcomes that are being compiled. */
  readonly pending: Map<string, Promise<CompiledOperation>>;
  /** Whether it is registered, so that its plans are free. */
  readonly isRegistered: boolean;
  hits: number;
}

export interface SharedOperationsOptions {
  readonly schema: GraphQLSchema;
  readonly rules: AccessRules;
  /** The fingerprints of registered operations. */
  readonly registered: ReadonlySet<string>;
  readonly maxOperations: number;
  /** Total length of their texts. */
  readonly maxCharacters: number;
}

/** Authorisation outcomes of one operation. */
const MAX_OUTCOMES = 32;

/** The operations of a generation by fingerprint, as many as its limits allow. */
export class SharedOperations {
  readonly #options: SharedOperationsOptions;
  readonly #operations: LRUCache<string, SharedOperation>;

  constructor(options: SharedOperationsOptions) {
    this.#options = options;
    this.#operations = new LRUCache({
      max: options.maxOperations,
      maxSize: options.maxCharacters,
      sizeCalculation: ({ text }) => text.length,
    });
  }

  /** Compiled operations. */
  get size(): number {
    let size = 0;
    for (const { prepared } of this.#operations.values()) size += prepared.size;
    return size;
  }

  /** @param operation valid */
  of(operation: Operation): SharedOperation {
    const text = normalizedText(operation);
    const known = this.#operations.get(text.fingerprint);
    if (known !== undefined) return known;
    const { schema, rules, registered } = this.#options;
    const normalized = normalizedOperation(text, operation);
    const restricted = restrictedFields(schema, normalized.operation, rules);
    const requirements = allRequirements(restricted);
    const shared: SharedOperation = {
      ...normalized,
      restricted,
      requirements,
      policies: policyNames(requirements),
      prepared: new LRUCache({ max: MAX_OUTCOMES }),
      pending: new Map(),
      isRegistered: registered.has(normalized.fingerprint),
      hits: 0,
    };
    this.#operations.set(normalized.fingerprint, shared);
    return shared;
  }
}

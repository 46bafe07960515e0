import type { EnforcedFeature } from '../supergraph/linked-features.ts';

/** One thing a caller must satisfy: `anyOf` lists alternatives, each a list of names that must all be granted. */
export interface Clause {
  readonly kind: EnforcedFeature;
  readonly anyOf: readonly (readonly string[])[];
  /** Equal clauses have equal ids. */
  readonly id: string;
}

/** What is granted to a caller; the only thing of a caller that authorisation looks at. */
export interface Grants {
  readonly authenticated: boolean;
  hasScope(scope: string): boolean;
  hasPolicy(policy: string): boolean;
}

export const AUTHENTICATED: Clause = { kind: 'authenticated', anyOf: [], id: 'authenticated' };

/** A clause over names, in a normal form: order and repetition do not matter. */
export function namesClause(kind: 'requiresScopes' | 'policy', anyOf: readonly (readonly string[])[]): Clause {
  const normal = anyOf.map((names) => [...new Set(names)].toSorted());
  return {
    kind,
    anyOf: normal,
    id: `${kind}:${JSON.stringify(normal.map((names) => JSON.stringify(names)).toSorted())}`,
  };
}

export function isSatisfied(clause: Clause, grants: Grants): boolean {
  switch (clause.kind) {
    case 'authenticated':
      return grants.authenticated;
    case 'requiresScopes':
      return clause.anyOf.some((scopes) => scopes.every((scope) => grants.hasScope(scope)));
    case 'policy':
      return clause.anyOf.some((policies) => policies.every((policy) => grants.hasPolicy(policy)));
  }
}

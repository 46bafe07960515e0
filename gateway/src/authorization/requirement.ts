import type { EnforcedFeature } from '../supergraph/linked-features.ts';

/** One auth directive. `anyOf` lists alternatives, each a list of names that must all be granted. */
export interface Requirement {
  readonly kind: EnforcedFeature;
  readonly anyOf: readonly (readonly string[])[];
  /** Equal for equal requirements. */
  readonly id: string;
}

/** The rights of a caller. Authorisation reads nothing else of a caller. */
export interface Grants {
  readonly authenticated: boolean;
  hasScope(scope: string): boolean;
  hasPolicy(policy: string): boolean;
}

export const AUTHENTICATED: Requirement = { kind: 'authenticated', anyOf: [], id: 'authenticated' };

/** A requirement over names, normalised: order and repetition do not matter. */
export function namedRequirement(
  kind: 'requiresScopes' | 'policy',
  anyOf: readonly (readonly string[])[],
): Requirement {
  const normal = anyOf.map((names) => [...new Set(names)].toSorted());
  return {
    kind,
    anyOf: normal,
    id: `${kind}:${JSON.stringify(normal.map((names) => JSON.stringify(names)).toSorted())}`,
  };
}

/** Alternatives in words, such as `a and b, or c`. */
export function namesOf(anyOf: readonly (readonly string[])[]): string {
  return anyOf.map((names) => names.join(' and ')).join(', or ');
}

export function isSatisfied(requirement: Requirement, grants: Grants): boolean {
  switch (requirement.kind) {
    case 'authenticated':
      return grants.authenticated;
    case 'requiresScopes':
      return requirement.anyOf.some((scopes) => scopes.every((scope) => grants.hasScope(scope)));
    case 'policy':
      return requirement.anyOf.some((policies) => policies.every((policy) => grants.hasPolicy(policy)));
  }
}

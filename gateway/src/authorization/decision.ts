import type { GraphQLFormattedError } from 'graphql';

import { type CoercedVariables, isMet } from '../operation/condition.ts';
import { type Requirement, type Grants, isSatisfied } from './requirement.ts';
import type { RestrictedField } from './restricted-fields.ts';
import { refusal } from './refusal.ts';

/** The authorisation of one operation for one caller. Callers with equal `key` see the same fields and errors. */
export interface Decision {
  readonly key: string;
  /** The outermost unauthorised fields. */
  readonly denied: readonly DeniedField[];
  isDenied(parentType: string, field: string): boolean;
}

export interface DeniedField extends RestrictedField {
  /** The error without its path. */
  readonly error: GraphQLFormattedError;
}

export function decide(restricted: readonly RestrictedField[], grants: Grants): Decision {
  const requirements = allRequirements(restricted);
  const failedOf = (field: RestrictedField): Requirement[] =>
    field.requirements.filter((requirement) => !isSatisfied(requirement, grants));
  const isUnauthorized = (field: RestrictedField): boolean => failedOf(field).length > 0;
  const unauthorized = restricted.filter(isUnauthorized);
  const denied = unauthorized
    .filter((field) => !hasAncestor(field, isUnauthorized))
    .map((field) => ({ ...field, error: refusal(failedOf(field), grants) }));
  const coordinates = new Set(unauthorized.map(({ parentType, node }) => `${parentType}.${node.name.value}`));
  return {
    key: decisionKey(requirements, grants),
    denied,
    isDenied: coordinates.size === 0 ? () => false : (parentType, field) => coordinates.has(`${parentType}.${field}`),
  };
}

/** The outcome of each requirement; and, where one is not satisfied, whether signing in may help. */
export function decisionKey(requirements: readonly Requirement[], grants: Grants): string {
  const key = requirements.map((requirement) => (isSatisfied(requirement, grants) ? '1' : '0')).join('');
  return key.includes('0') && !grants.authenticated ? `${key} anonymous` : key;
}

function hasAncestor({ ancestor }: RestrictedField, matches: (field: RestrictedField) => boolean): boolean {
  return ancestor !== undefined && (matches(ancestor) || hasAncestor(ancestor, matches));
}

/** All requirements of an operation, sorted by id. */
export function allRequirements(restricted: readonly RestrictedField[]): readonly Requirement[] {
  const requirements = new Map(
    restricted.flatMap((field) => field.requirements.map((requirement) => [requirement.id, requirement])),
  );
  return [...requirements.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** UNAUTHORIZED_FIELD_OR_TYPE for each denied field; with variables, only for fields that they include. */
export function unauthorizedErrors(
  denied: readonly DeniedField[],
  values?: CoercedVariables,
): readonly GraphQLFormattedError[] {
  const included = values === undefined ? denied : denied.filter(({ condition }) => isMet(condition, values));
  const byPath = new Map(included.map((field) => [field.path.join('.'), field]));
  return [...byPath.values()].map(({ error, path }) => ({ ...error, path: [...path] }));
}

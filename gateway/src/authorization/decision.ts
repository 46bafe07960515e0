import { CodedError, maskError } from '@marquee/errors';
import type { GraphQLFormattedError } from 'graphql';

import { type CoercedVariables, isMet } from '../operation/condition.ts';
import { type Requirement, type Grants, isSatisfied } from './requirement.ts';
import type { RestrictedField } from './restricted-fields.ts';

/** The authorisation of one operation for one caller. Callers with equal `key` may see the same fields. */
export interface Decision {
  readonly key: string;
  /** The outermost unauthorised fields. */
  readonly denied: readonly RestrictedField[];
  isDenied(parentType: string, field: string): boolean;
}

export function decide(restricted: readonly RestrictedField[], grants: Grants): Decision {
  const requirements = allRequirements(restricted);
  const failed = new Set(requirements.filter((requirement) => !isSatisfied(requirement, grants)).map(({ id }) => id));
  const isUnauthorized = (field: RestrictedField): boolean => field.requirements.some(({ id }) => failed.has(id));
  const unauthorized = restricted.filter(isUnauthorized);
  const denied = unauthorized.filter((field) => !hasAncestor(field, isUnauthorized));
  const coordinates = new Set(unauthorized.map(({ parentType, node }) => `${parentType}.${node.name.value}`));
  return {
    key: requirements.map(({ id }) => (failed.has(id) ? '0' : '1')).join(''),
    denied,
    isDenied: coordinates.size === 0 ? () => false : (parentType, field) => coordinates.has(`${parentType}.${field}`),
  };
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
  denied: readonly RestrictedField[],
  values?: CoercedVariables,
): readonly GraphQLFormattedError[] {
  const included = values === undefined ? denied : denied.filter(({ condition }) => isMet(condition, values));
  const byPath = new Map(included.map(({ path }) => [path.join('.'), path]));
  return [...byPath.values()].map((path) => ({
    ...maskError(new CodedError('UNAUTHORIZED_FIELD_OR_TYPE')),
    path: [...path],
  }));
}

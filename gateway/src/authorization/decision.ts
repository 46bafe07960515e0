import { CodedError, maskError } from '@marquee/errors';
import type { GraphQLFormattedError } from 'graphql';

import { type CoercedVariables, holds } from '../operation/condition.ts';
import { type Clause, type Grants, isSatisfied } from './clause.ts';
import type { GuardedField } from './guarded-fields.ts';

/** What one caller may see of one operation. Two callers with the same `key` may see the same. */
export interface Decision {
  readonly key: string;
  /** Every field of the operation that is withheld. */
  readonly denied: readonly GuardedField[];
  isDenied(parentType: string, field: string): boolean;
}

/** Decides an operation for what a caller was granted. */
export function decide(guarded: readonly GuardedField[], grants: Grants): Decision {
  const clauses = clausesOf(guarded);
  const refused = new Set(clauses.filter((clause) => !isSatisfied(clause, grants)).map(({ id }) => id));
  const isRefused = (field: GuardedField): boolean => field.clauses.some(({ id }) => refused.has(id));
  const everyRefused = guarded.filter(isRefused);
  const denied = everyRefused.filter((field) => !isAnyAround(field, isRefused));
  const coordinates = new Set(everyRefused.map(({ parentType, node }) => `${parentType}.${node.name.value}`));
  return {
    key: clauses.map(({ id }) => (refused.has(id) ? '0' : '1')).join(''),
    denied,
    isDenied: coordinates.size === 0 ? () => false : (parentType, field) => coordinates.has(`${parentType}.${field}`),
  };
}

/** What is below a withheld field goes with it. */
function isAnyAround({ within }: GuardedField, isRefused: (field: GuardedField) => boolean): boolean {
  return within !== undefined && (isRefused(within) || isAnyAround(within, isRefused));
}

/** The clauses that an operation depends on, in an order that does not depend on the operation's text. */
export function clausesOf(guarded: readonly GuardedField[]): readonly Clause[] {
  const clauses = new Map(guarded.flatMap((field) => field.clauses.map((clause) => [clause.id, clause])));
  return [...clauses.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** UNAUTHORIZED_FIELD_OR_TYPE for each withheld field; with variables, only for those that the request includes. */
export function unauthorizedErrors(
  denied: readonly GuardedField[],
  values?: CoercedVariables,
): readonly GraphQLFormattedError[] {
  const included = values === undefined ? denied : denied.filter(({ condition }) => holds(condition, values));
  const byPath = new Map(included.map(({ path }) => [path.join('.'), path]));
  return [...byPath.values()].map((path) => ({
    ...maskError(new CodedError('UNAUTHORIZED_FIELD_OR_TYPE')),
    path: [...path],
  }));
}

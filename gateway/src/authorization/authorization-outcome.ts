import type { GraphQLFormattedError } from 'graphql';

import type { CoercedVariables } from '../operation/condition.ts';
import type { PolicyFunction } from './policy.ts';
import { type Decision, unauthorizedErrors } from './decision.ts';

export interface AuthorizationOptions {
  /**
   * `filter`: unauthorised fields are null. `reject`: one unauthorised field rejects the operation. `dry-run`: nothing
   * is withheld, but `onUnauthorized` is called.
   */
  readonly mode: 'filter' | 'reject' | 'dry-run';
  readonly policies: Readonly<Record<string, PolicyFunction>>;
  readonly onUnauthorized?: (errors: readonly GraphQLFormattedError[], operationName: string | null) => void;
}

/** The effect of a decision in the configured mode. */
export interface AuthorizationOutcome {
  readonly key: string;
  /** The fields to remove from the operation. */
  readonly withheld: Decision;
  /** Errors of all withheld fields, whether or not `@skip` and `@include` select them. */
  readonly errors: readonly GraphQLFormattedError[];
  /** The errors of one request, and whether it is rejected. */
  check(values: CoercedVariables): Verdict;
}

export interface Verdict {
  readonly errors: readonly GraphQLFormattedError[];
  readonly rejected: boolean;
}

const NOTHING_DENIED: Verdict = { errors: [], rejected: false };

export function authorizationOutcome(
  decision: Decision,
  options: AuthorizationOptions,
  operationName: string | null,
): AuthorizationOutcome {
  if (options.mode === 'dry-run') return dryRun(decision, options, operationName);
  const rejects = options.mode === 'reject';
  const errors = unauthorizedErrors(decision.denied);
  const always = decision.denied.every(({ condition }) => condition.length === 0);
  const whole: Verdict = { errors, rejected: rejects && errors.length > 0 };
  return {
    key: decision.key,
    withheld: decision,
    errors,
    check(values) {
      const verdict = always ? whole : verdictOf(unauthorizedErrors(decision.denied, values), rejects);
      if (verdict.errors.length > 0) options.onUnauthorized?.(verdict.errors, operationName);
      return verdict;
    },
  };
}

function verdictOf(errors: readonly GraphQLFormattedError[], rejects: boolean): Verdict {
  return { errors, rejected: rejects && errors.length > 0 };
}

function dryRun(decision: Decision, options: AuthorizationOptions, operationName: string | null): AuthorizationOutcome {
  return {
    key: decision.key,
    withheld: { key: decision.key, denied: [], isDenied: () => false },
    errors: [],
    check(values) {
      const errors = unauthorizedErrors(decision.denied, values);
      if (errors.length > 0) options.onUnauthorized?.(errors, operationName);
      return NOTHING_DENIED;
    },
  };
}

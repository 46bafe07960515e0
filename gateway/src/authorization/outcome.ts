import type { GraphQLFormattedError } from 'graphql';

import type { CoercedVariables } from '../operation/condition.ts';
import type { PolicyFunction } from './policy.ts';
import { type Decision, unauthorizedErrors } from './decision.ts';

export interface AuthorizationOptions {
  /**
   * `filter`: unauthorised fields are null, the rest is answered. `reject`: one unauthorised field refuses the
   * operation. `dry-run`: nothing is withheld, `onUnauthorized` hears what would have been.
   */
  readonly mode: 'filter' | 'reject' | 'dry-run';
  readonly policies: Readonly<Record<string, PolicyFunction>>;
  readonly onUnauthorized?: (errors: readonly GraphQLFormattedError[], operationName: string | null) => void;
}

/** A decision as the mode applies it to an operation. */
export interface Outcome {
  readonly key: string;
  /** What is taken out of the operation. */
  readonly withheld: Decision;
  /** Of every withheld field, whether or not a request includes it. */
  readonly errors: readonly GraphQLFormattedError[];
  /** The errors of a request, and whether they refuse it. */
  check(values: CoercedVariables): Verdict;
}

export interface Verdict {
  readonly errors: readonly GraphQLFormattedError[];
  readonly refused: boolean;
}

const NOTHING_DENIED: Verdict = { errors: [], refused: false };

export function outcomeOf(decision: Decision, options: AuthorizationOptions, operationName: string | null): Outcome {
  if (options.mode === 'dry-run') return dryRun(decision, options, operationName);
  const refuses = options.mode === 'reject';
  const errors = unauthorizedErrors(decision.denied);
  const always = decision.denied.every(({ condition }) => condition.length === 0);
  const whole: Verdict = { errors, refused: refuses && errors.length > 0 };
  return {
    key: decision.key,
    withheld: decision,
    errors,
    check(values) {
      const verdict = always ? whole : verdictOf(unauthorizedErrors(decision.denied, values), refuses);
      if (verdict.errors.length > 0) options.onUnauthorized?.(verdict.errors, operationName);
      return verdict;
    },
  };
}

function verdictOf(errors: readonly GraphQLFormattedError[], refuses: boolean): Verdict {
  return { errors, refused: refuses && errors.length > 0 };
}

/** Withholds nothing, tells what would be. */
function dryRun(decision: Decision, options: AuthorizationOptions, operationName: string | null): Outcome {
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

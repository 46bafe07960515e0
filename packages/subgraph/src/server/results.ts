import { type ExecutionResult, GraphQLError } from 'graphql';

import type { FormattedResult } from '../execution.ts';

/** A subgraph's answer with the errors that server libraries expect: they write each as it is. */
export function executionResult({ errors, ...rest }: FormattedResult): ExecutionResult {
  if (!errors) return rest;
  const asErrors = errors.map(
    ({ message, path, extensions }) =>
      new GraphQLError(message, { path: path ?? null, extensions: extensions ?? null }),
  );
  return { ...rest, errors: asErrors };
}

import { type ExecutionResult, GraphQLError, type GraphQLFormattedError } from 'graphql';

import type { FormattedResult } from '../execution.ts';

/** A subgraph's answer with the errors that server libraries expect: they write each as it is. */
export function executionResult({ errors, ...rest }: FormattedResult): ExecutionResult {
  return errors ? { ...rest, errors: errors.map(graphqlError) } : rest;
}

function graphqlError({ message, locations, path, extensions }: GraphQLFormattedError): GraphQLError {
  const error = new GraphQLError(message, { path: path ?? null, extensions: extensions ?? null });
  // Its constructor takes no locations without the document that they are of.
  return locations === undefined ? error : Object.assign(error, { locations });
}

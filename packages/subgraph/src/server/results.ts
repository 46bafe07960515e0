import { type ExecutionResult, GraphQLError, type GraphQLFormattedError } from 'graphql';

import type { FormattedResult } from '../execution.ts';

/** Converts a formatted result to an ExecutionResult, as server libraries expect. */
export function executionResult({ errors, ...rest }: FormattedResult): ExecutionResult {
  return errors ? { ...rest, errors: errors.map(graphqlError) } : rest;
}

function graphqlError({ message, locations, path, extensions }: GraphQLFormattedError): GraphQLError {
  const error = new GraphQLError(message, { path: path ?? null, extensions: extensions ?? null });
  // The constructor accepts locations only together with the document.
  return locations === undefined ? error : Object.assign(error, { locations });
}

import type { FetchNode, ResponsePath } from '@apollo/query-planner';
import type { GraphQLFormattedError } from 'graphql';

import type { OnMaskedError } from '../../operation/masked-error.ts';
import type { Run } from '../run/run.ts';
import { errorPlacer, type ErrorPlaces, type Place } from './error-places.ts';
import { clientError, fetchError, isPassedOn } from './subgraph-errors.ts';

export interface ErrorEnvironment extends ErrorPlaces {
  readonly onMaskedError: OnMaskedError;
}

/** Puts a response's errors into the run, at the places that they are about. */
export function compileErrors(fetch: FetchNode, path: ResponsePath, environment: ErrorEnvironment) {
  const pathsOf = errorPlacer(fetch, path, environment);
  return (run: Run, errors: readonly GraphQLFormattedError[], place?: Place, isTold = false): void => {
    const { traceId } = run.context;
    for (const error of errors) {
      if (!isTold && !isPassedOn(error)) environment.onMaskedError({ subgraph: fetch.serviceName, error, traceId });
      for (const at of pathsOf(run.root, pathOf(error), place)) run.errors.push(clientError(error, at, traceId));
    }
  };
}

/** Puts the error of a fetch that gave no usable response into the run. */
export function compileFailure(fetch: FetchNode, path: ResponsePath, environment: ErrorEnvironment) {
  const pathsOf = errorPlacer(fetch, path, environment);
  return (run: Run, cause: unknown, place?: Place, isTold = false): void => {
    const { traceId } = run.context;
    if (!isTold) environment.onMaskedError({ subgraph: fetch.serviceName, error: cause, traceId });
    const [only, ...others] = pathsOf(run.root, undefined, place);
    run.errors.push(fetchError(fetch.serviceName, cause, others.length === 0 ? only : undefined, traceId));
  };
}

/** Subgraphs are not trusted to send what they should. */
function pathOf({ path }: GraphQLFormattedError): readonly (string | number)[] | undefined {
  return Array.isArray(path)
    ? path.map((segment) => (typeof segment === 'number' ? segment : String(segment)))
    : undefined;
}

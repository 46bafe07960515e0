import type { FetchNode, ResponsePath } from '@apollo/query-planner';
import type { GraphQLFormattedError } from 'graphql';

import type { OnMaskedError } from '../../operation/masked-error.ts';
import type { Run } from '../run/run.ts';
import { errorPlacer, type ErrorPlaces, type Place } from './error-places.ts';
import { clientError, fetchError, isPassedOn } from './subgraph-errors.ts';

export interface ErrorEnvironment extends ErrorPlaces {
  readonly onMaskedError: OnMaskedError;
}

/** Adds a response's errors to the run, at the client's paths. */
export function compileErrors(fetch: FetchNode, path: ResponsePath, environment: ErrorEnvironment) {
  const pathsOf = errorPlacer(fetch, path, environment);
  return (run: Run, errors: readonly GraphQLFormattedError[], place?: Place, isReported = false): void => {
    const { traceId } = run.context.trace;
    for (const error of errors) {
      if (!isReported && !isPassedOn(error)) environment.onMaskedError({ subgraph: fetch.serviceName, error, traceId });
      for (const at of pathsOf(run.root, pathOf(error), place)) run.errors.push(clientError(error, at, traceId));
    }
  };
}

/** Adds the error of a fetch without a usable response to the run. */
export function compileFailure(fetch: FetchNode, path: ResponsePath, environment: ErrorEnvironment) {
  const pathsOf = errorPlacer(fetch, path, environment);
  return (run: Run, cause: unknown, place?: Place, isReported = false): void => {
    const { traceId } = run.context.trace;
    if (!isReported) environment.onMaskedError({ subgraph: fetch.serviceName, error: cause, traceId });
    const [only, ...others] = pathsOf(run.root, undefined, place);
    run.errors.push(fetchError(fetch.serviceName, cause, others.length === 0 ? only : undefined, traceId));
  };
}

/** Subgraphs are not trusted to send well-formed paths. */
function pathOf({ path }: GraphQLFormattedError): readonly (string | number)[] | undefined {
  return Array.isArray(path)
    ? path.map((segment) => (typeof segment === 'number' ? segment : String(segment)))
    : undefined;
}

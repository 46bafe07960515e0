import type { FetchNode, ResponsePath } from '@apollo/query-planner';
import type { GraphQLFormattedError } from 'graphql';

import type { OnMaskedError } from '../../operation/masked-error.ts';
import type { Run } from '../run/run.ts';
import { compilePathTranslation, type PathTranslation, type FetchTargets } from './path-translation.ts';
import { clientError, fetchError, isLoggedUnder, isPassedOn } from './subgraph-errors.ts';

export interface ErrorEnvironment extends PathTranslation {
  readonly onMaskedError: OnMaskedError;
}

/** Compiles a function that adds a response's errors to the run. */
export function compileErrors(fetch: FetchNode, path: ResponsePath, environment: ErrorEnvironment) {
  const pathsOf = compilePathTranslation(fetch, path, environment);
  return (run: Run, errors: readonly GraphQLFormattedError[], targets?: FetchTargets): void => {
    const { traceId } = run.context.trace;
    const translate = pathsOf(run.root, targets);
    for (const error of errors) {
      if (targets?.isReported !== true && !isPassedOn(error) && !isLoggedUnder(traceId, error))
        environment.onMaskedError({ subgraph: fetch.serviceName, error, traceId });
      for (const at of translate(pathOf(error))) run.errors.push(clientError(error, at, traceId));
    }
  };
}

/** Compiles a function that adds the error of a failed fetch to the run, at each place of its entities. */
export function compileFailure(fetch: FetchNode, path: ResponsePath, environment: ErrorEnvironment) {
  const pathsOf = compilePathTranslation(fetch, path, environment);
  return (run: Run, cause: unknown, targets?: FetchTargets): void => {
    const { traceId } = run.context.trace;
    if (targets?.isReported !== true) environment.onMaskedError({ subgraph: fetch.serviceName, error: cause, traceId });
    for (const at of pathsOf(run.root, targets)(undefined)) {
      run.errors.push(fetchError(fetch.serviceName, cause, at, traceId));
    }
  };
}

/** Subgraphs may send malformed paths. */
function pathOf({ path }: GraphQLFormattedError): readonly (string | number)[] | undefined {
  return Array.isArray(path)
    ? path.map((segment) => (typeof segment === 'number' ? segment : String(segment)))
    : undefined;
}

import type { FetchNode, ResponsePath } from '@apollo/query-planner';

import type { SubgraphResponse } from '../../transports/subgraph-transport.ts';
import type { FetchEnvironment } from './fetch-environment.ts';
import { compileErrors, compileFailure } from '../errors/fetch-errors.ts';
import { compileCollect } from './collect.ts';
import { isJsonObject } from '../run/json.ts';
import { compileRewrites } from './rewrites.ts';
import type { Run } from '../run/run.ts';
import type { Step } from './step.ts';
import { errorsIn } from '../errors/subgraph-errors.ts';
import { compileRequest } from './subgraph-request.ts';

/** Merges a response of root fields, or an event of a subscription, into the run. */
export type Receive = (run: Run, response: SubgraphResponse) => void;

export function compileReceive(fetch: FetchNode, path: ResponsePath, environment: FetchEnvironment): Receive {
  const { merge } = environment;
  const collect = compileCollect(path);
  const rewrite = compileRewrites(fetch.outputRewrites, environment.typesMatching);
  const addErrors = compileErrors(fetch, path, environment);
  return (run, response) => {
    const { data } = response;
    const errors = errorsIn(response);
    if (errors.length > 0) addErrors(run, errors);
    if (!isJsonObject(data)) return;
    rewrite?.(data);
    for (const object of collect(run.root)) merge(object, data);
  };
}

/** @param path where the data goes; empty at the root */
export function compileRootFetch(fetch: FetchNode, path: ResponsePath, environment: FetchEnvironment): Step {
  const transport = environment.transportOf(fetch.serviceName);
  const request = compileRequest(fetch, environment.clientVariable);
  const receive = compileReceive(fetch, path, environment);
  const fail = compileFailure(fetch, path, environment);
  const collect = path.length === 0 ? undefined : compileCollect(path);
  return (run) => {
    if (collect?.(run.root).length === 0) return undefined;
    return transport.execute(request(run), run.context).then(
      (response) => receive(run, response),
      (cause: unknown) => fail(run, cause),
    );
  };
}

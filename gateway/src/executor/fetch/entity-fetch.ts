import type { FetchNode, ResponsePath } from '@apollo/query-planner';

import type { SubgraphResponse } from '../../transports/subgraph-transport.ts';
import { EntityBatch, type EntitySlot } from '../run/entity-batch.ts';
import type { FetchTargets } from '../errors/path-translation.ts';
import type { FetchEnvironment } from './fetch-environment.ts';
import { compileErrors, compileFailure } from '../errors/fetch-errors.ts';
import { compileCollect } from './collect.ts';
import { isJsonObject, type JsonObject, cloneJson } from '../run/json.ts';
import { compileRepresent } from './representations.ts';
import { compileRewrites } from './rewrites.ts';
import type { Run } from '../run/run.ts';
import type { Step } from './step.ts';
import { errorsIn } from '../errors/subgraph-errors.ts';
import { compileRequest } from './subgraph-request.ts';

/** Merges the entities of one batch into their objects. */
type Deliver = (run: Run, batch: EntityBatch, targets: FetchTargets) => void;

/**
 * Compiles an entity fetch (`_entities`). Each distinct representation is requested once.
 *
 * A plan often has equal fetches at several places. They share requests, also those in flight, except in a mutation,
 * whose fields may change what later fetches return.
 */
export function compileEntityFetch(fetch: FetchNode, path: ResponsePath, environment: FetchEnvironment): Step {
  const transport = environment.transportOf(fetch.serviceName);
  const collect = compileCollect(path);
  const represent = compileRepresent(fetch, environment);
  const request = compileRequest(fetch, environment.clientVariable);
  const rewrite = compileRewrites(fetch.outputRewrites, environment.typesMatching);
  const deliver = compileDelivery(fetch, path, environment);
  const key = environment.sharesEntities ? fetchKey(fetch) : undefined;
  const prepare = ({ data }: SubgraphResponse): void => rewrite?.(data?.['_entities']);

  return (run) => {
    const objects = collect(run.root);
    if (objects.length === 0) return undefined;
    const { texts, indices } = represent(objects);
    if (texts.length === 0) return undefined;
    const send = (asked: readonly string[]): EntityBatch =>
      new EntityBatch(asked.length, transport.execute(request(run, asked.join()), run.context), prepare);
    const known = key === undefined ? undefined : run.entities.of(key);
    if (known === undefined || known.size === 0) {
      const batch = send(texts);
      if (known !== undefined) texts.forEach((text, index) => known.set(text, { batch, index }));
      return batch.settled.then(() => deliver(run, batch, { objects, indices, isShared: false }));
    }
    return requestMissing(run, { texts, objects, indices, known, send, deliver });
  };
}

interface Sharing {
  readonly texts: readonly string[];
  readonly objects: readonly JsonObject[];
  readonly indices: readonly number[];
  readonly known: Map<string, EntitySlot>;
  send(asked: readonly string[]): EntityBatch;
  readonly deliver: Deliver;
}

/** Reuses entities of earlier batches and requests the rest. */
function requestMissing(
  run: Run,
  { texts, objects, indices, known, send, deliver }: Sharing,
): Promise<void> | undefined {
  const missing = texts.filter((text) => !known.has(text));
  const own = missing.length === 0 ? undefined : send(missing);
  if (own !== undefined) missing.forEach((text, index) => known.set(text, { batch: own, index }));
  const slots = texts.map((text) => known.get(text));
  const pending: Promise<void>[] = [];
  for (const batch of new Set(slots.map((slot) => slot?.batch))) {
    if (batch === undefined) continue;
    const positions = slots.map((slot) => (slot?.batch === batch ? slot.index : -1));
    const targets = { objects, indices: indices.map((index) => positions[index] ?? -1), isShared: batch !== own };
    const take = (): void => deliver(run, batch, targets);
    if (batch.isSettled) take();
    else pending.push(batch.settled.then(take));
  }
  return pending.length === 0 ? undefined : Promise.all(pending).then(() => undefined);
}

function compileDelivery(fetch: FetchNode, path: ResponsePath, environment: FetchEnvironment): Deliver {
  const { merge } = environment;
  const addErrors = compileErrors(fetch, path, environment);
  const fail = compileFailure(fetch, path, environment);
  return (run, batch, targets) => {
    const { isReported, response } = batch;
    batch.isReported = true;
    if (response === undefined) return fail(run, batch.failure, targets, isReported);
    const { data } = response;
    const errors = errorsIn(response);
    if (errors.length > 0) addErrors(run, errors, targets, isReported);
    const entities = data?.['_entities'];
    if (!Array.isArray(entities) || entities.length !== batch.count) {
      if (errors.length === 0) fail(run, new Error('_entities has the wrong length'), targets, isReported);
      return undefined;
    }
    const { objects, indices, isShared } = targets;
    for (let position = 0; position < objects.length; position++) {
      const entity: unknown = entities[indices[position] ?? -1];
      // Later fetches modify the entity, so each place needs its own copy.
      if (isJsonObject(entity)) merge(objects[position] as JsonObject, isShared ? cloneJson(entity) : entity);
    }
    return undefined;
  };
}

/** Equal for fetches of the same fields from the same subgraph. */
function fetchKey({ serviceName, operation, operationName, outputRewrites = [] }: FetchNode): string {
  const text = operationName === undefined ? operation : operation.replace(operationName, '');
  return JSON.stringify([serviceName, text, outputRewrites]);
}

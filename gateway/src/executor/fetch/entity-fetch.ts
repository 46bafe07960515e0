import type { FetchNode, ResponsePath } from '@apollo/query-planner';

import type { SubgraphResponse } from '../../transports/subgraph-transport.ts';
import { EntityBatch, type EntitySlot } from '../run/entity-batch.ts';
import type { Place } from '../errors/error-places.ts';
import type { FetchEnvironment } from './fetch-environment.ts';
import { compileErrors, compileFailure } from '../errors/fetch-errors.ts';
import { compileCollect } from './collect.ts';
import { isJsonObject, type JsonObject, ownJson } from '../run/json.ts';
import { compileRepresent } from './representations.ts';
import { compileRewrites } from './rewrites.ts';
import type { Run } from '../run/run.ts';
import type { Step } from './step.ts';
import { errorsIn } from '../errors/subgraph-errors.ts';
import { compileRequest } from './subgraph-request.ts';

/** Merges the entities of one batch into their objects. */
type Deliver = (run: Run, batch: EntityBatch, place: Place, isBorrowed: boolean) => void;

/**
 * A fetch of entities, each requested once, however many objects represent it.
 *
 * A plan often selects the same fields of the same entities at several places. One request serves all of them, also
 * while it is in flight, unless the operation is a mutation, whose fields change what later ones find.
 */
export function compileEntityFetch(fetch: FetchNode, path: ResponsePath, environment: FetchEnvironment): Step {
  const transport = environment.transportOf(fetch.serviceName);
  const collect = compileCollect(path);
  const represent = compileRepresent(fetch, environment);
  const request = compileRequest(fetch, environment.clientVariable);
  const rewrite = compileRewrites(fetch.outputRewrites, environment.typesMatching);
  const deliver = compileDelivery(fetch, path, environment);
  const question = environment.sharesEntities ? questionOf(fetch) : undefined;
  const prepare = ({ data }: SubgraphResponse): void => rewrite?.(data?.['_entities']);

  return (run) => {
    const objects = collect(run.root);
    if (objects.length === 0) return undefined;
    const { texts, indices } = represent(objects);
    if (texts.length === 0) return undefined;
    const send = (asked: readonly string[]): EntityBatch =>
      new EntityBatch(asked.length, transport.execute(request(run, asked.join()), run.context), prepare);
    const known = question === undefined ? undefined : run.entities.of(question);
    if (known === undefined || known.size === 0) {
      const batch = send(texts);
      if (known !== undefined) texts.forEach((text, index) => known.set(text, { batch, index }));
      return batch.settled.then(() => deliver(run, batch, { objects, indices }, false));
    }
    return requestMissing(run, { texts, place: { objects, indices }, known, send, deliver });
  };
}

interface Sharing {
  readonly texts: readonly string[];
  readonly place: Place;
  readonly known: Map<string, EntitySlot>;
  send(asked: readonly string[]): EntityBatch;
  readonly deliver: Deliver;
}

/** Reuses entities of earlier batches and requests the rest. */
function requestMissing(run: Run, { texts, place, known, send, deliver }: Sharing): Promise<void> | undefined {
  const missing = texts.filter((text) => !known.has(text));
  const own = missing.length === 0 ? undefined : send(missing);
  if (own !== undefined) missing.forEach((text, index) => known.set(text, { batch: own, index }));
  const slots = texts.map((text) => known.get(text));
  const pending: Promise<void>[] = [];
  for (const batch of new Set(slots.map((slot) => slot?.batch))) {
    if (batch === undefined) continue;
    const positions = slots.map((slot) => (slot?.batch === batch ? slot.index : -1));
    const indices = place.indices.map((index) => positions[index] ?? -1);
    const take = (): void => deliver(run, batch, { objects: place.objects, indices }, batch !== own);
    if (batch.isSettled) take();
    else pending.push(batch.settled.then(take));
  }
  return pending.length === 0 ? undefined : Promise.all(pending).then(() => undefined);
}

function compileDelivery(fetch: FetchNode, path: ResponsePath, environment: FetchEnvironment): Deliver {
  const { merge } = environment;
  const addErrors = compileErrors(fetch, path, environment);
  const fail = compileFailure(fetch, path, environment);
  return (run, batch, place, isBorrowed) => {
    const { isReported, response } = batch;
    batch.isReported = true;
    if (response === undefined) return fail(run, batch.failure, place, isReported);
    const { data } = response;
    const errors = errorsIn(response);
    if (errors.length > 0) addErrors(run, errors, place, isReported);
    const entities = data?.['_entities'];
    if (!Array.isArray(entities) || entities.length !== batch.count) {
      if (errors.length === 0) fail(run, new Error('_entities is not as long as asked'), place, isReported);
      return undefined;
    }
    const { objects, indices } = place;
    for (let position = 0; position < objects.length; position++) {
      const entity: unknown = entities[indices[position] ?? -1];
      // Later fetches write into the entity: no two places of a plan may share its objects.
      if (isJsonObject(entity)) merge(objects[position] as JsonObject, isBorrowed ? ownJson(entity) : entity);
    }
    return undefined;
  };
}

/** Equal for fetches that select the same fields of entities in the same subgraph. */
function questionOf({ serviceName, operation, operationName, outputRewrites = [] }: FetchNode): string {
  const text = operationName === undefined ? operation : operation.replace(operationName, '');
  return JSON.stringify([serviceName, text, outputRewrites]);
}

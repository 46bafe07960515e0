import type { FetchNode, ResponsePath } from '@apollo/query-planner';
import type { EntityBatch } from '../run/entity-batch.ts';
import type { FetchTargets } from '../errors/path-translation.ts';
import type { FetchEnvironment } from './fetch-environment.ts';
import { compileErrors, compileFailure } from '../errors/fetch-errors.ts';
import { EntityGroup, fetchKey } from './entity-group.ts';
import { isJsonObject, type JsonObject, cloneJson } from '../run/json.ts';
import { compileWanted } from './requested-entities.ts';
import type { Run } from '../run/run.ts';
import type { Step } from './step.ts';
import { errorsIn } from '../errors/subgraph-errors.ts';

/** Compiles an entity fetch (`_entities`). Entities that lack a required field get what does not require it. */
export function compileEntityFetch(
  fetch: FetchNode,
  path: ResponsePath,
  group: EntityGroup,
  environment: FetchEnvironment,
): Step {
  const request = compileEntityStep(fetch, path, group, environment);
  const parts = environment.partsOf(fetch).map((part) => {
    const single = { subgraph: part.serviceName, fetches: [part], awaited: new Set([part]) };
    return compileEntityStep(part, path, new EntityGroup(single, environment), environment);
  });
  if (parts.length === 0) return (run) => request(run).pending;
  return (run) => {
    const { pending, missing } = request(run);
    if (missing.length === 0) return pending;
    const all = [pending, ...parts.map((requestPart) => requestPart(run, missing).pending)];
    return Promise.all(all).then(() => undefined);
  };
}

interface Requested {
  readonly pending: Promise<void> | undefined;
  /** The objects without a representation. */
  readonly missing: readonly JsonObject[];
}

/** @param only some of the objects at the path */
type EntityStep = (run: Run, only?: readonly JsonObject[]) => Requested;

/**
 * Each distinct representation is requested once.
 *
 * A plan often has equal fetches at several places. They share entities, also those in flight, except in a mutation,
 * whose fields may change what later fetches return: there only the fetches of one request share them.
 */
function compileEntityStep(
  fetch: FetchNode,
  path: ResponsePath,
  group: EntityGroup,
  environment: FetchEnvironment,
): EntityStep {
  const wantedIn = compileWanted(fetch, path, environment);
  const deliver = compileDelivery(fetch, path, environment);
  const key = environment.sharesEntities ? fetchKey(fetch) : undefined;
  const part = group.partOf(fetch);
  const isAwaited = group.isAwaited(fetch);

  return (run, only) => {
    const request = group.requestIn(run);
    const wanted = wantedIn(run.root, only);
    const { objects, indices, texts } = wanted;
    const missing = indices.includes(-1) ? objects.filter((_object, position) => indices[position] === -1) : NONE;
    if (texts.length === 0) {
      request.arrive(isAwaited);
      return { pending: undefined, missing };
    }
    const known = run.entities.of(key ?? request.batch(part, wanted.contextOf(0)));
    /** The first entity of each batch that no fetch requested before. */
    const ownFrom = new Map<EntityBatch, number>();
    const slots = texts.map((text, index) => {
      const slotKey = wanted.keyOf(index);
      const slot = known.get(slotKey);
      if (slot !== undefined) return slot;
      const batch = request.batch(part, wanted.contextOf(index));
      if (!ownFrom.has(batch)) ownFrom.set(batch, batch.representations.length);
      const fresh = batch.add(text);
      known.set(slotKey, fresh);
      return fresh;
    });
    request.arrive(isAwaited);

    const pending: Promise<void>[] = [];
    for (const batch of new Set(slots.map((slot) => slot.batch))) {
      if (!request.includes(batch)) batch.sendNow?.();
      const positions = slots.map((slot) => (slot.batch === batch ? slot.index : -1));
      const places = { objects, indices: indices.map((index) => positions[index] ?? -1) };
      const take = (): void => deliver(run, batch, places, ownFrom.get(batch) ?? batch.representations.length);
      if (batch.isSettled) take();
      else pending.push(batch.settled.then(take));
    }
    return { pending: pending.length === 0 ? undefined : Promise.all(pending).then(() => undefined), missing };
  };
}

const NONE: readonly JsonObject[] = [];

/**
 * Merges the entities of one batch into their objects.
 *
 * @param ownFrom the first entity that no fetch requested before
 */
type Deliver = (
  run: Run,
  batch: EntityBatch,
  places: Pick<FetchTargets, 'objects' | 'indices'>,
  ownFrom: number,
) => void;

function compileDelivery(fetch: FetchNode, path: ResponsePath, environment: FetchEnvironment): Deliver {
  const { merge, copiesEntities } = environment;
  const addErrors = compileErrors(fetch, path, environment);
  const fail = compileFailure(fetch, path, environment);
  return (run, batch, { objects, indices }, ownFrom) => {
    const { isReported, response, representations } = batch;
    const targets: FetchTargets = { objects, indices, requested: representations.length, isReported };
    batch.isReported = true;
    if (response === undefined) return fail(run, batch.failure, targets);
    const { data } = response;
    const errors = errorsIn(response);
    if (errors.length > 0) addErrors(run, errors, targets);
    const entities = data?.['_entities'];
    if (!Array.isArray(entities) || entities.length !== representations.length) {
      if (errors.length === 0) fail(run, new Error('_entities has the wrong length'), targets);
      return undefined;
    }
    for (let position = 0; position < objects.length; position++) {
      const index = indices[position] ?? -1;
      const entity: unknown = entities[index];
      // Later fetches modify the entity, so each fetch needs its own copy.
      const isCopied = copiesEntities || index < ownFrom;
      if (isJsonObject(entity)) merge(objects[position] as JsonObject, isCopied ? cloneJson(entity) : entity);
    }
    return undefined;
  };
}

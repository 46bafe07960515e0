import type { GraphQLFormattedError } from 'graphql';

import type { CoercedVariables } from '../../operation/condition.ts';
import type { OperationContext } from '../../request/operation-context.ts';
import { keyPath } from '../../operation/defer.ts';
import type { Variables } from '../../operation/operation-request.ts';
import { CoveredPaths } from './covered-paths.ts';
import { Deferred, type DeferredGroup } from './deferred.ts';
import { RequestedEntities } from './entity-batch.ts';
import type { EntityRequest } from './entity-request.ts';
import type { JsonObject } from './json.ts';
import type { JsonOutput } from './json-output.ts';

/** The state of one execution of a compiled operation. */
export class Run {
  readonly root: JsonObject;
  /** As sent by the client; passed to subgraphs. */
  readonly variables: Variables;
  /** Coerced; used by `@skip` and `@include`. */
  readonly values: CoercedVariables;
  readonly context: OperationContext;
  readonly errors: GraphQLFormattedError[];
  readonly entities: RequestedEntities;
  readonly output: JsonOutput;
  /** Epoch ms. */
  readonly startedAt = Date.now();
  /** Undefined when the response is written as a whole. */
  readonly deferred: Deferred | undefined;
  readonly #requests = new Map<object, EntityRequest>();

  /** The response writer's current path; entries from `depth` on are stale. */
  readonly path: (string | number)[] = [];
  depth = 0;
  #covered: CoveredPaths | undefined;
  /** Errors that are not from a fetch. */
  #ownErrors: number;
  /** Errors of unauthorised fields that no part of the response has reached yet, by {@link keyPath}. */
  readonly #unreached = new Map<string, GraphQLFormattedError>();

  constructor(run: {
    root: JsonObject;
    variables: Variables;
    values: CoercedVariables;
    context: OperationContext;
    errors: readonly GraphQLFormattedError[];
    output: JsonOutput;
    /** Errors of unauthorised fields. With deferred fields, each is reported by the part that has the field. */
    unauthorized?: readonly GraphQLFormattedError[];
  }) {
    this.root = run.root;
    this.variables = run.variables;
    this.values = run.values;
    this.context = run.context;
    this.output = run.output;
    this.entities = new RequestedEntities();
    this.errors = [...run.errors];
    this.#ownErrors = run.errors.length;
    this.deferred = run.unauthorized && new Deferred();
    for (const error of run.unauthorized ?? []) this.#unreached.set(keyPath(error.path ?? []), error);
  }

  /** A run on the same data with errors and requests of its own: its fetches never wait for those of another run. */
  fork(): Run {
    return new Run({ ...this, errors: [] });
  }

  /** Continues with the deferred fields of an object. */
  enter({ path, scope }: Pick<DeferredGroup, 'path' | 'scope'>): void {
    this.path.splice(0, this.path.length, ...path);
    this.depth = path.length;
    if (this.deferred) this.deferred.scope = scope;
  }

  /** Adds the errors of a fork, which explain nulls that are written later. */
  absorb(errors: readonly GraphQLFormattedError[]): void {
    this.errors.push(...errors);
    for (const error of errors) this.#covered?.add(error);
  }

  /** Reports the current field as unauthorised. */
  reportUnauthorized(): void {
    if (this.#unreached.size > 0) this.#report(keyPath(this.path.slice(0, this.depth)));
  }

  /** Reports the unauthorised fields that no part has reached. */
  reportUnreached(): void {
    for (const path of this.#unreached.keys()) this.#report(path);
  }

  #report(path: string): void {
    const error = this.#unreached.get(path);
    if (error === undefined) return;
    this.#unreached.delete(path);
    this.errors.push(error);
    this.#ownErrors++;
  }

  /** The next request of a group of entity fetches. */
  requestOf(group: object, create: () => EntityRequest): EntityRequest {
    let request = this.#requests.get(group);
    if (request === undefined) {
      request = create();
      this.#requests.set(group, request);
    }
    return request;
  }

  /** Adds an error for a value that is not of the field's type. */
  invalidValue(expected: string): void {
    this.#fieldError(`Invalid value found for a field of type ${expected}.`);
  }

  /**
   * Adds an error for a null in a non-null field, unless another error explains it.
   *
   * @param isMissing no subgraph returned the field, so any error of a fetch explains the null
   */
  nullAtNonNull(coordinate: string, isMissing: boolean): void {
    if (isMissing && this.errors.length > this.#ownErrors) return;
    this.#fieldError(`Cannot return null for non-nullable field ${coordinate}.`);
  }

  #fieldError(message: string): void {
    const path = this.path.slice(0, this.depth);
    this.#covered ??= new CoveredPaths([...this.errors, ...this.#unreached.values()]);
    if (this.#covered.has(path)) return;
    const error = { message, path, extensions: { code: 'INTERNAL_SERVER_ERROR', traceId: this.context.trace.traceId } };
    this.errors.push(error);
    this.#ownErrors++;
    this.#covered.add(error);
  }
}

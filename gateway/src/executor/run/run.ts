import type { GraphQLFormattedError } from 'graphql';

import type { CoercedVariables } from '../../operation/condition.ts';
import type { OperationContext } from '../../request/operation-context.ts';
import type { Variables } from '../../operation/operation-request.ts';
import { CoveredPaths } from './covered-paths.ts';
import { EntityMemory } from './entity-batch.ts';
import type { JsonObject } from './json.ts';
import type { JsonOutput } from './json-output.ts';

/** One execution of a compiled operation: what it has gathered so far. */
export class Run {
  readonly root: JsonObject;
  /** As the client sent them: what is passed on to subgraphs. */
  readonly variables: Variables;
  /** After coercion: what conditions read. */
  readonly values: CoercedVariables;
  readonly context: OperationContext;
  readonly errors: GraphQLFormattedError[];
  readonly entities = new EntityMemory();
  /** Where the response is written. */
  readonly output: JsonOutput;

  /** Where the response writer is; entries from `depth` on mean nothing. */
  readonly path: (string | number)[] = [];
  depth = 0;
  #covered: CoveredPaths | undefined;
  /** How many of the errors no fetch made. */
  #ownErrors: number;

  constructor(run: {
    root: JsonObject;
    variables: Variables;
    values: CoercedVariables;
    context: OperationContext;
    errors: readonly GraphQLFormattedError[];
    output: JsonOutput;
  }) {
    this.root = run.root;
    this.variables = run.variables;
    this.values = run.values;
    this.context = run.context;
    this.output = run.output;
    this.errors = [...run.errors];
    this.#ownErrors = run.errors.length;
  }

  /** The field being written has a value that its type does not allow. */
  invalidValue(expected: string): void {
    this.#fieldError(`Invalid value found for a field of type ${expected}.`);
  }

  /**
   * The field being written is null though it must not be. Says nothing when an error already tells why.
   * @param isMissing no subgraph gave it at all: any error of a fetch tells why.
   */
  nullAtNonNull(coordinate: string, isMissing: boolean): void {
    if (isMissing && this.errors.length > this.#ownErrors) return;
    this.#fieldError(`Cannot return null for non-nullable field ${coordinate}.`);
  }

  #fieldError(message: string): void {
    const path = this.path.slice(0, this.depth);
    this.#covered ??= new CoveredPaths(this.errors);
    if (this.#covered.has(path)) return;
    const error = { message, path, extensions: { code: 'INTERNAL_SERVER_ERROR', traceId: this.context.traceId } };
    this.errors.push(error);
    this.#ownErrors++;
    this.#covered.add(error);
  }
}

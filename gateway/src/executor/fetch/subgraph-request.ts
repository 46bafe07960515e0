import type { FetchNode } from '@apollo/query-planner';

import type { OperationKind, Variables } from '../../operation/operation-request.ts';
import type { SubgraphRequest } from '../../transports/subgraph-transport.ts';
import type { Run } from '../run/run.ts';

/** The parts of a fetch that its requests have in common. */
export type RequestSource = Pick<FetchNode, 'operation' | 'operationKind' | 'operationName' | 'variableUsages'>;

/** Creates the request of a fetch. @param representations the variables with representations, as JSON without braces */
export type MakeRequest = (run: Run, representations?: string) => SubgraphRequest;

/** Shared by all requests of a fetch. */
interface RequestShape {
  readonly kind: OperationKind;
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variableNames: readonly NamePair[];
  /** The body up to its first variable. */
  readonly head: string;
}

/** Compiles the requests of a fetch; the query is serialised once. */
export function compileRequest(fetch: RequestSource, clientName: (planned: string) => string): MakeRequest {
  const named = fetch.operationName === undefined ? '' : `,"operationName":${JSON.stringify(fetch.operationName)}`;
  const shape: RequestShape = {
    kind: fetch.operationKind,
    query: fetch.operation,
    operationName: fetch.operationName,
    variableNames: namePairs(fetch, clientName),
    head: `{"query":${JSON.stringify(fetch.operation)}${named},"variables":{`,
  };
  return (run, representations) => new FetchRequest(shape, run.variables, representations);
}

class FetchRequest implements SubgraphRequest {
  readonly #shape: RequestShape;
  readonly #given: Variables;
  readonly #representations: string | undefined;
  #body: string | undefined;

  constructor(shape: RequestShape, given: Variables, representations: string | undefined) {
    this.#shape = shape;
    this.#given = given;
    this.#representations = representations;
  }

  get kind(): OperationKind {
    return this.#shape.kind;
  }

  get query(): string {
    return this.#shape.query;
  }

  get operationName(): string | undefined {
    return this.#shape.operationName;
  }

  get variables(): Record<string, unknown> {
    const variables = Object.fromEntries(sentVariables(this.#shape.variableNames, this.#given));
    if (this.#representations === undefined) return variables;
    return { ...variables, ...(JSON.parse(`{${this.#representations}}`) as Record<string, unknown>) };
  }

  get body(): string {
    this.#body ??= this.#writeBody();
    return this.#body;
  }

  #writeBody(): string {
    const { head, variableNames } = this.#shape;
    if (variableNames.length === 0) return `${head}${this.#representations ?? ''}}}`;
    const written = sentVariables(variableNames, this.#given).map(
      ([name, value]) => `"${name}":${JSON.stringify(value)}`,
    );
    if (this.#representations !== undefined) written.push(this.#representations);
    return `${head}${written.join(',')}}}`;
  }
}

/** A variable's name in the plan, and the client's. */
type NamePair = readonly [planned: string, given: string];

export function namePairs({ variableUsages = [] }: RequestSource, clientName: (planned: string) => string): NamePair[] {
  return variableUsages.map((planned) => [planned, clientName(planned)]);
}

/** The variables that the client sent. The subgraph applies defaults for the others. */
export function sentVariables(names: readonly NamePair[], given: Variables): [string, unknown][] {
  return names.flatMap(([planned, name]): [string, unknown][] =>
    Object.hasOwn(given, name) && given[name] !== undefined ? [[planned, given[name]]] : [],
  );
}

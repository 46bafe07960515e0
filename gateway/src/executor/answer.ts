import { type ExecutionResult, type FormattedExecutionResult, GraphQLError, type GraphQLFormattedError } from 'graphql';

import type { Answer } from './prepared-operation.ts';

/** A response without errors is its data between these. */
export const DATA_HEAD = Buffer.from('{"data":');
export const DATA_TAIL = Buffer.from('}');

const NO_DATA = Buffer.from('{}');
const NULL_DATA = Buffer.from('{"data":null}');

/**
 * @param response all of it but errors; null when its data is null, absent when nothing was executed
 * @param giveBack returns its memory for reuse
 */
export function answer(
  response: Buffer | null | undefined,
  errors: readonly GraphQLFormattedError[],
  giveBack?: (response: Buffer) => void,
): Answer {
  return new CompiledAnswer(response === null ? NULL_DATA : response, errors, giveBack);
}

class CompiledAnswer implements Answer {
  /** `{"data":…}` */
  readonly response: Buffer | undefined;
  readonly errors: readonly GraphQLFormattedError[];
  #giveBack: ((response: Buffer) => void) | undefined;

  constructor(
    response: Buffer | undefined,
    errors: readonly GraphQLFormattedError[],
    giveBack: ((response: Buffer) => void) | undefined,
  ) {
    this.response = response;
    this.errors = errors;
    this.#giveBack = giveBack;
  }

  release(): void {
    if (this.response) this.#giveBack?.(this.response);
    this.#giveBack = undefined;
  }

  get bytes(): Buffer {
    return this.errors.length === 0 ? (this.response ?? NO_DATA) : withOthers({ errors: this.errors }, this.response);
  }

  get body(): string {
    return this.bytes.toString();
  }

  get data(): string | undefined {
    return this.response && dataOf(this.response);
  }

  get result(): ExecutionResult {
    return {
      ...(this.errors.length === 0 ? {} : { errors: this.errors.map(graphqlError) }),
      ...(this.data === undefined ? {} : { data: JSON.parse(this.data) as Record<string, unknown> | null }),
    };
  }
}

/** Serialised data, on its way through Apollo Server. */
export class WrittenData {
  /** `{"data":…}` */
  readonly response: Buffer;

  constructor(response: Buffer) {
    this.response = response;
  }

  toJSON(): unknown {
    return JSON.parse(dataOf(this.response));
  }
}

/** An answer as the result of an Apollo Server executor, without parsing its data. */
export function unparsedResult({ response, errors }: Answer): ExecutionResult {
  return {
    ...(errors.length === 0 ? {} : { errors: errors.map(graphqlError) }),
    ...(response === undefined ? {} : { data: unparsedData(response) }),
  };
}

function unparsedData(response: Buffer): Record<string, unknown> | null {
  return response.equals(NULL_DATA) ? null : (new WrittenData(response) as unknown as Record<string, unknown>);
}

/** The bytes of a response whose data is already serialised, else undefined. */
export function writtenResponse({ data, ...others }: FormattedExecutionResult): Buffer | undefined {
  if (!(data instanceof WrittenData)) return undefined;
  return others.errors === undefined && others.extensions === undefined
    ? data.response
    : withOthers(others, data.response);
}

/** Apollo Server's `stringifyResult`. */
export function stringifyResponse(response: FormattedExecutionResult): string {
  return writtenResponse(response)?.toString() ?? JSON.stringify(response);
}

/** Puts errors and extensions before the data, so that a client that reads only the beginning sees them. */
function withOthers(others: object, response: Buffer | undefined): Buffer {
  const written = JSON.stringify(others);
  if (response === undefined) return Buffer.from(written);
  return Buffer.concat([Buffer.from(`${written.slice(0, -1)},`), response.subarray(1)]);
}

function dataOf(response: Buffer): string {
  return response.toString('utf8', DATA_HEAD.length, response.length - DATA_TAIL.length);
}

function graphqlError({ message, locations, path, extensions }: GraphQLFormattedError): GraphQLError {
  const error = new GraphQLError(message, { path: path ?? null, extensions: extensions ?? null });
  // Its constructor takes no locations without the document that they are of.
  return locations === undefined ? error : Object.assign(error, { locations });
}

import { type ExecutionResult, type FormattedExecutionResult, GraphQLError, type GraphQLFormattedError } from 'graphql';

import type { Answer } from './prepared-operation.ts';

export const DATA_HEAD = Buffer.from('{"data":');
export const DATA_TAIL = Buffer.from('}');

const NO_DATA = Buffer.from('{}');
const NULL_DATA = Buffer.from('{"data":null}');

/**
 * @param response `{"data":…}`; null when data is null, undefined when nothing was executed
 * @param recycle reuses the response's memory
 */
export function answer(
  response: Buffer | null | undefined,
  errors: readonly GraphQLFormattedError[],
  recycle?: (response: Buffer) => void,
): Answer {
  return new CompiledAnswer(response === null ? NULL_DATA : response, errors, recycle);
}

class CompiledAnswer implements Answer {
  /** `{"data":…}` */
  readonly response: Buffer | undefined;
  readonly errors: readonly GraphQLFormattedError[];
  #recycle: ((response: Buffer) => void) | undefined;

  constructor(
    response: Buffer | undefined,
    errors: readonly GraphQLFormattedError[],
    recycle: ((response: Buffer) => void) | undefined,
  ) {
    this.response = response;
    this.errors = errors;
    this.#recycle = recycle;
  }

  release(): void {
    if (this.response) this.#recycle?.(this.response);
    this.#recycle = undefined;
  }

  get bytes(): Buffer {
    return this.errors.length === 0
      ? (this.response ?? NO_DATA)
      : prependToData({ errors: this.errors }, this.response);
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

/** Serialised data that passes through Apollo Server unchanged. */
export class SerializedData {
  /** `{"data":…}` */
  readonly response: Buffer;

  constructor(response: Buffer) {
    this.response = response;
  }

  toJSON(): unknown {
    return JSON.parse(dataOf(this.response));
  }
}

/** The result for Apollo Server's executor, with data that is not parsed. */
export function unparsedResult({ response, errors }: Answer): ExecutionResult {
  return {
    ...(errors.length === 0 ? {} : { errors: errors.map(graphqlError) }),
    ...(response === undefined ? {} : { data: serializedData(response) }),
  };
}

function serializedData(response: Buffer): Record<string, unknown> | null {
  return response.equals(NULL_DATA) ? null : (new SerializedData(response) as unknown as Record<string, unknown>);
}

/** The bytes of a response, if its data is already serialised. */
export function serializedResponse({ data, ...extras }: FormattedExecutionResult): Buffer | undefined {
  if (!(data instanceof SerializedData)) return undefined;
  return extras.errors === undefined && extras.extensions === undefined
    ? data.response
    : prependToData(extras, data.response);
}

/** Apollo Server's `stringifyResult`. */
export function stringifyResponse(response: FormattedExecutionResult): string {
  return serializedResponse(response)?.toString() ?? JSON.stringify(response);
}

/** Puts errors and extensions first, so that they are visible in a truncated response. */
function prependToData(extras: object, response: Buffer | undefined): Buffer {
  const written = JSON.stringify(extras);
  if (response === undefined) return Buffer.from(written);
  return Buffer.concat([Buffer.from(`${written.slice(0, -1)},`), response.subarray(1)]);
}

function dataOf(response: Buffer): string {
  return response.toString('utf8', DATA_HEAD.length, response.length - DATA_TAIL.length);
}

function graphqlError({ message, locations, path, extensions }: GraphQLFormattedError): GraphQLError {
  const error = new GraphQLError(message, { path: path ?? null, extensions: extensions ?? null });
  // The constructor accepts locations only together with the document.
  return locations === undefined ? error : Object.assign(error, { locations });
}

import type { ExecutionResult, FormattedExecutionResult, GraphQLFormattedError } from 'graphql';
import { GraphQLError } from 'graphql';

import type { Answer } from '../types.ts';

/** @param data as JSON; absent when nothing was executed. */
export function answer(data: string | undefined, errors: readonly GraphQLFormattedError[]): Answer {
  return new CompiledAnswer(data, errors);
}

class CompiledAnswer implements Answer {
  readonly data: string | undefined;
  readonly errors: readonly GraphQLFormattedError[];

  constructor(data: string | undefined, errors: readonly GraphQLFormattedError[]) {
    this.data = data;
    this.errors = errors;
  }

  get body(): string {
    const data = this.data === undefined ? '' : `"data":${this.data}`;
    if (this.errors.length === 0) return `{${data}}`;
    return `{"errors":${JSON.stringify(this.errors)}${data === '' ? '' : `,${data}`}}`;
  }

  get result(): ExecutionResult {
    return {
      ...(this.errors.length === 0 ? {} : { errors: this.errors.map(graphqlError) }),
      ...(this.data === undefined ? {} : { data: JSON.parse(this.data) as Record<string, unknown> | null }),
    };
  }
}

/** Data that is already JSON, on its way through Apollo Server. {@link stringifyResponse} writes it as it is. */
export class WrittenData {
  readonly json: string;

  constructor(json: string) {
    this.json = json;
  }

  toJSON(): unknown {
    return JSON.parse(this.json);
  }
}

/** An answer as an executor of Apollo Server gives it, without parsing its data. */
export function unparsedResult({ data, errors }: Answer): ExecutionResult {
  return {
    ...(errors.length === 0 ? {} : { errors: errors.map(graphqlError) }),
    ...(data === undefined
      ? {}
      : { data: data === 'null' ? null : (new WrittenData(data) as unknown as Record<string, unknown>) }),
  };
}

/** Apollo Server's `stringifyResult`: JSON, with written data put in as it is. */
export function stringifyResponse(response: FormattedExecutionResult): string {
  const { data, ...rest } = response;
  if (!(data instanceof WrittenData)) return JSON.stringify(response);
  const others = JSON.stringify(rest);
  return others === '{}' ? `{"data":${data.json}}` : `${others.slice(0, -1)},"data":${data.json}}`;
}

function graphqlError({ message, path, extensions }: GraphQLFormattedError): GraphQLError {
  return new GraphQLError(message, { path: path ?? null, extensions: extensions ?? null });
}

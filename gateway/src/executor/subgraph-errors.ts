import type { GraphQLFormattedError } from 'graphql';

import { type SubgraphResponse, SubgraphUnavailableError } from '../transports/subgraph-transport.ts';
import { isJsonObject } from './json.ts';

type Path = readonly (string | number)[];

/** Codes that a subgraph may say to clients; any other error is masked. */
const PUBLIC_CODES: ReadonlySet<unknown> = new Set([
  'UNAUTHENTICATED',
  'UNAUTHORIZED_FIELD_OR_TYPE',
  'FORBIDDEN',
  'BAD_USER_INPUT',
  'NOT_FOUND',
  'IDEMPOTENCY_KEY_REUSED',
  'IDEMPOTENCY_IN_PROGRESS',
  'RATE_LIMITED',
  'OPERATION_TOO_EXPENSIVE',
  'OPERATION_TOO_LARGE',
]);

/** What of an error's extensions is about the cause inside the subgraph. */
const INTERNAL_EXTENSIONS: ReadonlySet<string> = new Set(['stacktrace', 'exception', 'serviceName', 'traceId']);

const NO_ERRORS: readonly GraphQLFormattedError[] = [];

/** What a response gives as its errors, of a subgraph that is not trusted to send a list of objects; null is none. */
export function errorsIn({ errors }: SubgraphResponse): readonly GraphQLFormattedError[] {
  const given: unknown = errors;
  if (given === undefined || given === null) return NO_ERRORS;
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  return list.map((error) => (isJsonObject(error) ? error : {}) as unknown as GraphQLFormattedError);
}

export function isPublic(error: GraphQLFormattedError): boolean {
  return PUBLIC_CODES.has(error.extensions?.['code']);
}

/** A subgraph's error as the client reads it: as it is when its code is part of the contract, else masked. */
export function clientError(
  error: GraphQLFormattedError,
  path: Path | undefined,
  traceId: string,
): GraphQLFormattedError {
  if (!isPublic(error)) return maskedError(path, traceId);
  const extensions = Object.entries(error.extensions ?? {}).filter(([name]) => !INTERNAL_EXTENSIONS.has(name));
  return { message: String(error.message), ...withPath(path), extensions: Object.fromEntries(extensions) };
}

/** INTERNAL_SERVER_ERROR, with nothing of the cause. */
export function maskedError(path: Path | undefined, traceId: string): GraphQLFormattedError {
  return {
    message: 'Internal server error',
    ...withPath(path),
    extensions: { code: 'INTERNAL_SERVER_ERROR', traceId },
  };
}

/** The error of a fetch that gave no response at all. */
export function fetchError(
  subgraph: string,
  cause: unknown,
  path: Path | undefined,
  traceId: string,
): GraphQLFormattedError {
  if (!(cause instanceof SubgraphUnavailableError)) return maskedError(path, traceId);
  return {
    message: `The subgraph "${subgraph}" is unavailable`,
    ...withPath(path),
    extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph },
  };
}

function withPath(path: Path | undefined): { path?: Path } {
  return path === undefined ? {} : { path };
}

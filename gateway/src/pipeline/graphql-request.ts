import { CodedError } from '@marquee/errors';
import { sha256, type PersistedQueries } from '../protection/persisted-queries.ts';

/** The parameters of a GraphQL request, from a socket or for a response stream. */
export interface GraphQLRequest {
  readonly query?: string | null;
  readonly operationName?: string | null;
  readonly variables?: Readonly<Record<string, unknown>> | null;
  readonly extensions?: Readonly<Record<string, unknown>> | null;
}

/** @throws BAD_USER_INPUT when they are not the parameters of a GraphQL request */
export function readRequest(value: unknown): GraphQLRequest {
  if (!isRecord(value)) throw badRequest('A GraphQL request must be a JSON object.');
  const { query, operationName, variables, extensions } = value;
  if (isGiven(query) && typeof query !== 'string') throw badRequest("'query' must be a string.");
  if (isGiven(operationName) && typeof operationName !== 'string') {
    throw badRequest("'operationName' must be a string.");
  }
  if (isGiven(variables) && !isRecord(variables)) throw badRequest("'variables' must be an object.");
  if (isGiven(extensions) && !isRecord(extensions)) throw badRequest("'extensions' must be an object.");
  return value;
}

/**
 * The query text: as sent, or looked up by its persisted-query hash.
 *
 * @throws PERSISTED_QUERY_NOT_FOUND, PERSISTED_QUERY_NOT_SUPPORTED or BAD_USER_INPUT
 */
export async function loadQuery(request: GraphQLRequest, persisted: PersistedQueries | false): Promise<string> {
  const named = request.extensions?.['persistedQuery'];
  if (!isRecord(named)) {
    if (!request.query) throw badRequest("Send a 'query', or the hash of a persisted query.");
    return request.query;
  }
  if (persisted === false) throw new CodedError('PERSISTED_QUERY_NOT_SUPPORTED');
  const hash = named['sha256Hash'];
  if (typeof hash !== 'string' || named['version'] !== 1)
    throw badRequest('Only version 1 of persisted queries is supported.');
  if (!request.query) {
    const query = await persisted.get(hash);
    if (query === undefined) throw new CodedError('PERSISTED_QUERY_NOT_FOUND');
    return query;
  }
  if (sha256(request.query) !== hash) throw badRequest('provided sha does not match query');
  return request.query;
}

/** The hash with which a client asks to persist the query text of this request. */
export function persistedQueryHash(request: GraphQLRequest): string | undefined {
  const named = request.extensions?.['persistedQuery'];
  return request.query && isRecord(named) && typeof named['sha256Hash'] === 'string' ? named['sha256Hash'] : undefined;
}

export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function badRequest(message: string): CodedError {
  return new CodedError('BAD_USER_INPUT', message);
}

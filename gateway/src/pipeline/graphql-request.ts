import { CodedError } from '@marquee/errors';
import { sha256, type PersistedQueries } from '../protection/persisted-queries.ts';

/** The parameters of a GraphQL request. */
export interface GraphQLRequest {
  readonly query?: string | null;
  /** Names a persisted document instead of `query`. */
  readonly documentId?: string | null;
  readonly operationName?: string | null;
  readonly variables?: Readonly<Record<string, unknown>> | null;
  readonly extensions?: Readonly<Record<string, unknown>> | null;
}

/** The same, not yet checked. */
type UncheckedRequest = { readonly [Name in keyof GraphQLRequest]: unknown };

/** @throws BAD_USER_INPUT when they are not the parameters of a GraphQL request */
export function readRequest(value: unknown): GraphQLRequest {
  if (!isRecord(value)) throw badRequest('A GraphQL request must be a JSON object.');
  const { query, operationName, variables, extensions } = value;
  checkDocumentId(value);
  if (isGiven(query) && typeof query !== 'string') throw badRequest("'query' must be a string.");
  if (isGiven(operationName) && typeof operationName !== 'string') {
    throw badRequest("'operationName' must be a string.");
  }
  if (isGiven(variables) && !isRecord(variables)) throw badRequest("'variables' must be an object.");
  if (isGiven(extensions) && !isRecord(extensions)) throw badRequest("'extensions' must be an object.");
  return value;
}

/** @throws BAD_USER_INPUT when the document is not named by one string alone */
export function checkDocumentId({ documentId, query, extensions }: Readonly<Record<string, unknown>>): void {
  if (!isGiven(documentId)) return;
  if (typeof documentId !== 'string') throw badRequest("'documentId' must be a string.");
  // graphql-ws's types require a query, which its users leave empty.
  if ((isGiven(query) && query !== '') || (isRecord(extensions) && isGiven(extensions['persistedQuery']))) {
    throw badRequest("Send a 'documentId', or a 'query' or 'persistedQuery', not both.");
  }
}

/** @throws BAD_USER_INPUT when neither its text, an identifier nor a hash names the document */
export function checkDocumentIsNamed({ query, documentId, extensions }: UncheckedRequest): void {
  if (query || isGiven(documentId)) return;
  if (!isRecord(extensions) || !isRecord(extensions['persistedQuery'])) throw unnamedDocument();
}

/** The hash in a document identifier: `sha256:…` as GraphQL over HTTP says, or the hash alone as in the manifest. */
export function hashOfDocumentId(documentId: string): string {
  return documentId.replace(/^sha256:/, '');
}

/**
 * The query text: as sent, or looked up by its document identifier or persisted-query hash.
 *
 * @throws PERSISTED_QUERY_NOT_FOUND, PERSISTED_QUERY_NOT_SUPPORTED or BAD_USER_INPUT
 */
export async function loadQuery(request: GraphQLRequest, persisted: PersistedQueries | false): Promise<string> {
  if (typeof request.documentId === 'string') return persistedText(hashOfDocumentId(request.documentId), persisted);
  const named = request.extensions?.['persistedQuery'];
  if (!isRecord(named)) {
    if (!request.query) throw unnamedDocument();
    return request.query;
  }
  const hash = named['sha256Hash'];
  if (typeof hash !== 'string' || named['version'] !== 1)
    throw badRequest('Only version 1 of persisted queries is supported.');
  if (!request.query) return persistedText(hash, persisted);
  if (persisted === false) throw notSupported();
  if (sha256(request.query) !== hash) throw badRequest('provided sha does not match query');
  return request.query;
}

async function persistedText(hash: string, persisted: PersistedQueries | false): Promise<string> {
  if (persisted === false) throw notSupported();
  const query = await persisted.get(hash);
  if (query === undefined) throw new CodedError('PERSISTED_QUERY_NOT_FOUND');
  return query;
}

/** The hash with which a client asks to persist the query text of this request. */
export function persistedQueryHash(extensions: GraphQLRequest['extensions']): string | undefined {
  const named = extensions?.['persistedQuery'];
  return isRecord(named) && typeof named['sha256Hash'] === 'string' ? named['sha256Hash'] : undefined;
}

export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unnamedDocument(): CodedError {
  return badRequest("Send a 'query', or the 'documentId' of a persisted one.");
}

function notSupported(): CodedError {
  return new CodedError('PERSISTED_QUERY_NOT_SUPPORTED');
}

function badRequest(message: string): CodedError {
  return new CodedError('BAD_USER_INPUT', message);
}

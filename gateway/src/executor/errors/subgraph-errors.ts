import { maskError, passesGateway, unavailable } from '@marquee/errors';
import type { GraphQLFormattedError } from 'graphql';

import { type SubgraphResponse, SubgraphUnavailableError } from '../../transports/subgraph-transport.ts';
import { isJsonObject } from '../run/json.ts';

type Path = readonly (string | number)[];

const NO_ERRORS: readonly GraphQLFormattedError[] = [];

/** A response's errors; subgraphs may send something else than a list of objects. */
export function errorsIn({ errors }: SubgraphResponse): readonly GraphQLFormattedError[] {
  const given: unknown = errors;
  if (given === undefined || given === null) return NO_ERRORS;
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  return list.map((error) => (isJsonObject(error) ? error : {}) as unknown as GraphQLFormattedError);
}

export function isPassedOn(error: GraphQLFormattedError): boolean {
  return passesGateway(error.extensions?.['code']);
}

/** Whether its subgraph has masked the error, and logged the cause under this trace. */
export function isLoggedUnder(traceId: string, { extensions }: GraphQLFormattedError): boolean {
  return extensions?.['code'] === 'INTERNAL_SERVER_ERROR' && extensions['traceId'] === traceId;
}

/** A subgraph's error for the client, without its locations, which belong to the fetch's document. */
export function clientError(
  { message, extensions }: GraphQLFormattedError,
  path: Path | undefined,
  traceId: string,
): GraphQLFormattedError {
  return maskError({ message, path, extensions }, traceId, passesGateway);
}

/** The client's error for a failed fetch. */
export function fetchError(
  subgraph: string,
  cause: unknown,
  path: Path | undefined,
  traceId: string,
): GraphQLFormattedError {
  if (!(cause instanceof SubgraphUnavailableError)) return maskError({ path }, traceId);
  const { message, extensions } = unavailable(subgraph);
  return maskError({ message, path, extensions }, traceId);
}

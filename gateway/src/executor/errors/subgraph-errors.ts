import { maskError, passesGateway, unavailable } from '@marquee/errors';
import type { GraphQLFormattedError } from 'graphql';

import { type SubgraphResponse, SubgraphUnavailableError } from '../../transports/subgraph-transport.ts';
import { isJsonObject } from '../run/json.ts';

type Path = readonly (string | number)[];

const NO_ERRORS: readonly GraphQLFormattedError[] = [];

/** A response's errors. Subgraphs are not trusted to send a list of objects. */
export function errorsIn({ errors }: SubgraphResponse): readonly GraphQLFormattedError[] {
  const given: unknown = errors;
  if (given === undefined || given === null) return NO_ERRORS;
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  return list.map((error) => (isJsonObject(error) ? error : {}) as unknown as GraphQLFormattedError);
}

export function isPassedOn(error: GraphQLFormattedError): boolean {
  return passesGateway(error.extensions?.['code']);
}

/** A subgraph's error as the client reads it. Its locations are of the fetch, which the client never saw. */
export function clientError(
  { message, extensions }: GraphQLFormattedError,
  path: Path | undefined,
  traceId: string,
): GraphQLFormattedError {
  return maskError({ message, path, extensions }, traceId, passesGateway);
}

/** The error of a fetch without a response. */
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

import type { GraphQLFormattedError } from 'graphql';

import type { SubgraphResponse } from '../../transports/subgraph-transport.ts';
import { errorsIn } from '../errors/subgraph-errors.ts';

/**
 * The part of a merged response with the entities of this name, as if it were the response to its fetch alone.
 *
 * An error belongs to the part that its path begins with. One of no part belongs to all, and so does each error of a
 * response without data, because none of the parts has its entities then.
 */
export function responsePart(response: SubgraphResponse, name: string): SubgraphResponse {
  const entities = response.data?.[name];
  const all = errorsIn(response);
  if (all.length === 0) return { data: { _entities: entities } };
  const own = all.flatMap((error) => ownError(error, name) ?? []);
  const errors = own.length > 0 || Array.isArray(entities) ? own : all.map((error) => withoutPath(error));
  return { data: { _entities: entities }, errors };
}

function ownError(error: GraphQLFormattedError, name: string): GraphQLFormattedError | undefined {
  const [field, ...below] = Array.isArray(error.path) ? (error.path as (string | number)[]) : [];
  if (field === undefined) return error;
  if (field !== name) return undefined;
  return below.length === 0 ? withoutPath(error) : { ...error, path: ['_entities', ...below] };
}

function withoutPath({ path: _path, ...error }: GraphQLFormattedError): GraphQLFormattedError {
  return error;
}

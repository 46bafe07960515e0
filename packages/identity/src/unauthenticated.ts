import { GraphQLError } from 'graphql';

/** A credential was given and does not count. Over HTTP the whole request fails with 401. */
export function unauthenticated(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'UNAUTHENTICATED' } });
}

import { CodedError, maskError } from '@marquee/errors';
import type { GraphQLFormattedError } from 'graphql';

import { type Grants, namesOf, type Requirement } from './requirement.ts';

/**
 * UNAUTHORIZED_FIELD_OR_TYPE: tells an anonymous caller to sign in, and a signed-in one what their account lacks.
 *
 * @param failed the requirements that are not satisfied
 */
export function refusal(failed: readonly Requirement[], { authenticated }: Grants): GraphQLFormattedError {
  if (!authenticated) return unauthorized('Sign in to access this field.');
  const scopes = failed.filter(({ kind }) => kind === 'requiresScopes').map(({ anyOf }) => anyOf);
  if (scopes.length === 0) return unauthorized('Your account has no access to what this field was asked for.');
  const needed = scopes.map(namesOf).join(', and ');
  return unauthorized(`Your account has no access to this field: it needs the scope ${needed}.`, {
    requiredScopes: scopes.flat(),
  });
}

function unauthorized(message: string, extensions?: Record<string, unknown>): GraphQLFormattedError {
  return maskError(new CodedError('UNAUTHORIZED_FIELD_OR_TYPE', message, extensions));
}

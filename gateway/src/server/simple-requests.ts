import { CodedError } from '@marquee/errors';
import type { FastifyRequest } from 'fastify';

const GRAPHQL_MEDIA_TYPE = /\bapplication\/graphql(-response)?\+json\b/i;

/** Headers that no link, form or image sends. */
const HEADERS = ['authorization', 'apollo-require-preflight', 'x-apollo-operation-name'];

/**
 * Rejects a GET request that a link, form or image of any website could cause.
 *
 * A POST is never one of these, because its body must be JSON.
 *
 * @throws BAD_USER_INPUT
 */
export function rejectSimpleRequest({ method, headers }: FastifyRequest): void {
  if (method !== 'GET' || GRAPHQL_MEDIA_TYPE.test(headers.accept ?? '')) return;
  if (HEADERS.some((name) => headers[name] !== undefined)) return;
  throw new CodedError(
    'BAD_USER_INPUT',
    "Send 'Accept: application/graphql-response+json' or an 'Authorization' header with a GET request, or use POST.",
  );
}

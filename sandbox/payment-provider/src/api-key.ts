import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';

import { ApiError } from './errors.ts';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Checks `Authorization: Bearer <api key>`. Digests are compared, so that timing reveals nothing about the key.
 *
 * @throws {ApiError} 401 from the returned check
 */
export function requireApiKey(apiKey: string): (request: FastifyRequest) => Promise<void> {
  const expected = digest(`Bearer ${apiKey}`);
  return async ({ headers }) => {
    if (timingSafeEqual(digest(headers.authorization ?? ''), expected)) return;
    throw new ApiError(
      401,
      'unauthorized',
      'The API key is missing or wrong. Send it as "Authorization: Bearer <api key>".',
    );
  };
}

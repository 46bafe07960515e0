import { createHash } from 'node:crypto';
import type { SharedCache } from '@marquee/redis';

import type { Answers } from '../domain/ports.ts';

/** Answers of a cache that Redis shares; a key is as short however long the text. */
export function answersIn(cache: Pick<SharedCache<object>, 'read'>): Answers {
  return {
    read: (asked, version, load) =>
      cache.read(createHash('sha256').update(JSON.stringify(asked)).digest('base64url'), version, load),
  };
}

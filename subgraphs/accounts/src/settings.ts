import { secretKey } from '@marquee/subgraph';
import { availableParallelism } from 'node:os';
import { z } from 'zod';

/** Half of the processors and of libuv's pool of four threads. */
const HALF = Math.max(1, Math.min(2, Math.floor(availableParallelism() / 2)));

export const settings = z.object({
  /** Encrypts authenticator secrets and private keys in the database. They cannot be read without it. */
  encryptionKey: secretKey(),
  /** Passwords hashed at once; more than half of `UV_THREADPOOL_SIZE` (4) would keep other work waiting. */
  hashingConcurrency: z.coerce.number().int().positive().default(HALF).describe('a whole number, at least 1'),
});

export type Settings = z.output<typeof settings>;

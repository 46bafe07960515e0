import { secretKey } from '@marquee/subgraph';
import { availableParallelism } from 'node:os';
import { z } from 'zod';

/** Half of the processors and of libuv's pool of four threads. */
const HALF = Math.max(1, Math.min(2, Math.floor(availableParallelism() / 2)));

const count = z.coerce.number().int().positive().describe('a whole number, at least 1');

export const settings = z.object({
  /** Encrypts authenticator secrets and private keys in the database. They cannot be read without it. */
  encryptionKey: secretKey(),
  /** Passwords hashed at once; more than half of `UV_THREADPOOL_SIZE` (4) would keep other work waiting. */
  hashingConcurrency: count.default(HALF),
  /** New accounts, and answers that an address is taken, in 15 minutes. */
  signUpsPerNetwork: count.default(30),
  /** Logins on unknown devices in 15 minutes, over all accounts, successful ones too. */
  loginsPerNetwork: count.default(300),
});

export type Settings = z.output<typeof settings>;

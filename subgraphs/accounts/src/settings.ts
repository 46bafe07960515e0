import { secretKey } from '@marquee/subgraph';
import { z } from 'zod';

export const settings = z.object({
  /** Encrypts authenticator secrets and private keys in the database. They cannot be read without it. */
  encryptionKey: secretKey(),
});

export type Settings = z.output<typeof settings>;

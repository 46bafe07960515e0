import { SEALED_MAILS } from '@marquee/mail';
import type { Sealing } from '@marquee/subgraph';

import { fileLabel } from './adapters/data-exports.ts';
import { labelOf as signingKeyLabel } from './adapters/key-pairs.ts';
import { totpLabel } from './domain/totp.ts';
import type { Settings } from './settings.ts';

/** The columns that `ACCOUNTS_ENCRYPTION_KEY` seals. Parts of an export that is being made are collected again. */
export const sealed: Sealing<Pick<Settings, 'encryptionKey'>> = {
  settings: ['encryptionKey'],
  keys: ({ encryptionKey }) => encryptionKey,
  columns: [
    { table: 'totp_devices', key: 'user_id', column: 'secret', label: totpLabel },
    { table: 'signing_keys', key: 'kid', column: 'private_jwk', label: signingKeyLabel },
    { table: 'data_exports', key: 'id', column: 'file', label: fileLabel },
    SEALED_MAILS,
  ],
};

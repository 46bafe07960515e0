import type { SealedColumn } from '@marquee/database';
import { SEALED_MAILS } from '@marquee/mail';

import { fileLabel } from './adapters/data-exports.ts';
import { labelOf as signingKeyLabel } from './adapters/key-pairs.ts';
import { totpLabel } from './domain/totp.ts';

/** The columns that `ACCOUNTS_ENCRYPTION_KEY` seals. */
export const sealed: Readonly<Record<'encryptionKey', readonly SealedColumn[]>> = {
  encryptionKey: [
    { table: 'totp_devices', key: 'user_id', column: 'secret', label: totpLabel },
    { table: 'signing_keys', key: 'kid', column: 'private_jwk', label: signingKeyLabel },
    { table: 'data_exports', key: 'id', column: 'file', label: fileLabel },
    SEALED_MAILS,
  ],
};
